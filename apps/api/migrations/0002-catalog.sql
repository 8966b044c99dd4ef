-- Catalogue: categories, brands, products, variants, pictures, and the card read model that lists are served from.
create table categories (
  id uuid not null,
  handle text not null,
  parent_id uuid,
  slug_en text not null,
  slug_ar text not null,
  name_en text not null,
  name_ar text not null,
  description_en text not null default '',
  description_ar text not null default '',
  picture_key text,
  position integer not null default 0,
  created_at timestamptz not null default now(),
  constraint categories_pkey primary key (id),
  constraint categories_parent_fkey foreign key (parent_id) references categories (id),
  constraint categories_handle_key unique (handle),
  constraint categories_slug_en_key unique (slug_en),
  constraint categories_slug_ar_key unique (slug_ar)
);

create table brands (
  id uuid not null,
  slug text not null,
  name_en text not null,
  name_ar text not null,
  constraint brands_pkey primary key (id),
  constraint brands_slug_key unique (slug)
);

create table media (
  key text not null,
  width integer not null,
  height integer not null,
  widths integer[] not null,
  created_at timestamptz not null default now(),
  constraint media_pkey primary key (key),
  constraint media_size_check check (width > 0 and height > 0 and cardinality(widths) > 0)
);

-- Pictures named by address, fetched by a job; `failed_reason` is why one will never come.
create table media_sources (
  id uuid not null,
  url text not null,
  media_key text,
  failed_reason text,
  requested_at timestamptz not null,
  constraint media_sources_pkey primary key (id),
  constraint media_sources_media_fkey foreign key (media_key) references media (key),
  constraint media_sources_url_key unique (url)
);

create table products (
  id uuid not null,
  handle text not null,
  slug_en text not null,
  slug_ar text not null,
  category_id uuid not null,
  brand_id uuid not null,
  name_en text not null,
  name_ar text not null,
  subtitle_en text not null default '',
  subtitle_ar text not null default '',
  description_html_en text not null default '',
  description_html_ar text not null default '',
  -- [{"nameEn","nameAr","valueEn","valueAr"}]
  attributes jsonb not null default '[]',
  -- [{"code","nameEn","nameAr","values":[{"code","nameEn","nameAr","hex"}]}], in display order
  options jsonb not null default '[]',
  tags text[] not null default '{}',
  status text not null,
  -- basis points: 500 is 5 %
  vat_rate_bp integer not null default 500,
  featured_rank integer not null default 1000000,
  published_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint products_pkey primary key (id),
  constraint products_category_fkey foreign key (category_id) references categories (id),
  constraint products_brand_fkey foreign key (brand_id) references brands (id),
  constraint products_handle_key unique (handle),
  constraint products_slug_en_key unique (slug_en),
  constraint products_slug_ar_key unique (slug_ar),
  constraint products_status_check check (status in ('draft', 'active', 'archived')),
  constraint products_vat_rate_check check (vat_rate_bp between 0 and 10000)
);
create index products_category_idx on products (category_id);
create index products_brand_idx on products (brand_id);

create table product_pictures (
  product_id uuid not null,
  position integer not null,
  media_key text not null,
  alt_en text not null,
  alt_ar text not null,
  constraint product_pictures_pkey primary key (product_id, position),
  constraint product_pictures_product_fkey foreign key (product_id) references products (id) on delete cascade,
  constraint product_pictures_media_fkey foreign key (media_key) references media (key)
);

-- Where a picture belongs that has not arrived yet: its place in the product and the variants it shows.
create table awaited_pictures (
  product_id uuid not null,
  position integer not null,
  source_id uuid not null,
  alt_en text not null,
  alt_ar text not null,
  skus text[] not null,
  constraint awaited_pictures_pkey primary key (product_id, position),
  constraint awaited_pictures_product_fkey foreign key (product_id) references products (id) on delete cascade,
  constraint awaited_pictures_source_fkey foreign key (source_id) references media_sources (id)
);
create index awaited_pictures_source_idx on awaited_pictures (source_id);

create table variants (
  id uuid not null,
  product_id uuid not null,
  sku text not null,
  position integer not null,
  -- {"colour":"black","size":"m"}: option code → value code of the product's options
  options jsonb not null default '{}',
  -- what a line shows: "Black · M"
  option_text_en text not null default '',
  option_text_ar text not null default '',
  -- VAT-inclusive minor units
  price_amount bigint not null,
  compare_at_amount bigint,
  currency char(3) not null default 'AED',
  barcode text,
  weight_grams integer,
  hs_code text,
  origin_country char(2),
  picture_key text,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint variants_pkey primary key (id),
  constraint variants_product_fkey foreign key (product_id) references products (id) on delete cascade,
  constraint variants_picture_fkey foreign key (picture_key) references media (key),
  constraint variants_sku_key unique (sku),
  constraint variants_price_check check (price_amount > 0 and price_amount <= 100000000),
  constraint variants_compare_at_check check (compare_at_amount is null or compare_at_amount > price_amount),
  constraint variants_currency_check check (currency = 'AED')
);
create index variants_product_idx on variants (product_id, position);

-- Every price a variant ever had, so that a "was" price can be checked against what was really charged.
create table variant_prices (
  variant_id uuid not null,
  valid_from timestamptz not null,
  price_amount bigint not null,
  constraint variant_prices_pkey primary key (variant_id, valid_from),
  constraint variant_prices_variant_fkey foreign key (variant_id) references variants (id) on delete cascade
);

-- One row per published product, rewritten when the product or its availability changes: lists read nothing else.
create table product_cards (
  product_id uuid not null,
  category_id uuid not null,
  brand_slug text not null,
  -- finished ProductCard JSON of the API, per language; json, not jsonb, because it is only ever handed on as it is
  card_en json not null,
  card_ar json not null,
  -- 'colour:black', 'size:m' of variants that can be bought now
  facets text[] not null,
  tags text[] not null,
  price_min bigint not null,
  price_max bigint not null,
  is_available boolean not null,
  featured_rank integer not null,
  published_at timestamptz not null,
  -- normalised words of both languages (our normaliser), each once
  search_text text[] not null,
  -- normalised words of names and brand alone, weighted higher
  search_name text[] not null,
  updated_at timestamptz not null,
  constraint product_cards_pkey primary key (product_id),
  constraint product_cards_product_fkey foreign key (product_id) references products (id) on delete cascade
) with (fillfactor = 80); -- a card is rewritten when stock moves: room for that on its page spares the indexes
create index product_cards_featured_idx on product_cards (featured_rank, product_id);
create index product_cards_newest_idx on product_cards (published_at, product_id);
create index product_cards_price_idx on product_cards (price_min, product_id);
create index product_cards_category_featured_idx on product_cards (category_id, featured_rank, product_id);
create index product_cards_category_newest_idx on product_cards (category_id, published_at, product_id);
create index product_cards_category_price_idx on product_cards (category_id, price_min, product_id);
create index product_cards_brand_idx on product_cards (brand_slug, featured_rank, product_id);
create index product_cards_facets_idx on product_cards using gin (facets);
create index product_cards_tags_idx on product_cards using gin (tags);
create index product_cards_words_idx on product_cards using gin (search_text);

-- One row per published product beside its card: the finished Product JSON, without what is related to it.
create table product_details (
  product_id uuid not null,
  detail_en json not null,
  detail_ar json not null,
  constraint product_details_pkey primary key (product_id),
  constraint product_details_product_fkey foreign key (product_id) references products (id) on delete cascade
);

-- What a facet is called: `facets` of the cards holds codes only.
create table facet_labels (
  option_code text not null,
  value_code text not null,
  option_name_en text not null,
  option_name_ar text not null,
  name_en text not null,
  name_ar text not null,
  hex text,
  constraint facet_labels_pkey primary key (option_code, value_code)
);

-- Every word of every card's search_text: prefixes and typing mistakes are looked up here, which is small, and only then whole
-- words in the cards. A word no product has any more does no harm. Collation C, so that a prefix is a range of the key.
create table search_words (
  word text collate "C" not null,
  constraint search_words_pkey primary key (word)
);
create index search_words_trigrams_idx on search_words using gin (word gin_trgm_ops);
