-- What all migrations come to, so that a review sees the effect. Nothing runs this file.
-- Written by: npm run db:dump-schema

create extension pg_trgm;

create table awaited_pictures (
  product_id uuid not null,
  "position" integer not null,
  source_id uuid not null,
  alt_en text not null,
  alt_ar text not null,
  skus text[] not null,
  constraint awaited_pictures_pkey PRIMARY KEY (product_id, "position"),
  constraint awaited_pictures_product_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE,
  constraint awaited_pictures_source_fkey FOREIGN KEY (source_id) REFERENCES media_sources(id)
);

create table brands (
  id uuid not null,
  slug text not null,
  name_en text not null,
  name_ar text not null,
  constraint brands_pkey PRIMARY KEY (id),
  constraint brands_slug_key UNIQUE (slug)
);

create table cart_lines (
  id uuid not null,
  cart_id uuid not null,
  variant_id uuid not null,
  quantity integer not null,
  seen_price_amount bigint not null,
  created_at timestamp with time zone not null,
  constraint cart_lines_pkey PRIMARY KEY (id),
  constraint cart_lines_variant_key UNIQUE (cart_id, variant_id),
  constraint cart_lines_cart_fkey FOREIGN KEY (cart_id) REFERENCES carts(id) ON DELETE CASCADE,
  constraint cart_lines_variant_fkey FOREIGN KEY (variant_id) REFERENCES variants(id),
  constraint cart_lines_quantity_check CHECK (((quantity >= 1) AND (quantity <= 20)))
);

create table carts (
  id uuid not null,
  key_hash bytea not null,
  state text not null,
  locale text not null,
  data_key bytea,
  contact_sealed bytea,
  address_sealed bytea,
  emirate text,
  delivery_method text,
  order_id uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint carts_pkey PRIMARY KEY (id),
  constraint carts_key_hash_key UNIQUE (key_hash),
  constraint carts_address_check CHECK (((address_sealed IS NULL) = (emirate IS NULL))),
  constraint carts_order_check CHECK (((state = 'checked-out'::text) = (order_id IS NOT NULL))),
  constraint carts_sealed_check CHECK (((data_key IS NOT NULL) OR ((contact_sealed IS NULL) AND (address_sealed IS NULL)))),
  constraint carts_state_check CHECK ((state = ANY (ARRAY['open'::text, 'checked-out'::text])))
);

create table categories (
  id uuid not null,
  handle text not null,
  parent_id uuid,
  slug_en text not null,
  slug_ar text not null,
  name_en text not null,
  name_ar text not null,
  description_en text default ''::text not null,
  description_ar text default ''::text not null,
  picture_key text,
  "position" integer default 0 not null,
  created_at timestamp with time zone default now() not null,
  constraint categories_pkey PRIMARY KEY (id),
  constraint categories_handle_key UNIQUE (handle),
  constraint categories_slug_ar_key UNIQUE (slug_ar),
  constraint categories_slug_en_key UNIQUE (slug_en),
  constraint categories_parent_fkey FOREIGN KEY (parent_id) REFERENCES categories(id)
);

create table delivery_rates (
  method text not null,
  emirate text not null,
  price_amount bigint not null,
  free_over_amount bigint,
  min_days integer not null,
  max_days integer not null,
  cutoff_minute integer not null,
  valid_from timestamp with time zone default '2026-01-01 00:00:00+00'::timestamp with time zone not null,
  valid_to timestamp with time zone,
  constraint delivery_rates_pkey PRIMARY KEY (method, emirate, valid_from),
  constraint delivery_rates_amounts_check CHECK (((price_amount >= 0) AND ((free_over_amount IS NULL) OR (free_over_amount >= 0)))),
  constraint delivery_rates_cutoff_check CHECK (((cutoff_minute >= 0) AND (cutoff_minute <= 1439))),
  constraint delivery_rates_days_check CHECK (((min_days >= 0) AND (max_days >= min_days))),
  constraint delivery_rates_method_check CHECK ((method = ANY (ARRAY['standard'::text, 'same-day'::text])))
);

create table facet_labels (
  option_code text not null,
  value_code text not null,
  option_name_en text not null,
  option_name_ar text not null,
  name_en text not null,
  name_ar text not null,
  hex text,
  constraint facet_labels_pkey PRIMARY KEY (option_code, value_code)
);

create table idempotency_keys (
  scope text not null,
  key_hash bytea not null,
  body_hash bytea not null,
  status smallint,
  response bytea,
  locked_until timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint idempotency_keys_pkey PRIMARY KEY (scope, key_hash),
  constraint idempotency_keys_answer_check CHECK (((status IS NULL) = (response IS NULL)))
);

create table locations (
  id uuid not null,
  code text not null,
  name_en text not null,
  name_ar text not null,
  emirate text not null,
  constraint locations_pkey PRIMARY KEY (id),
  constraint locations_code_key UNIQUE (code)
);

create table media (
  key text not null,
  width integer not null,
  height integer not null,
  widths integer[] not null,
  created_at timestamp with time zone default now() not null,
  constraint media_pkey PRIMARY KEY (key),
  constraint media_size_check CHECK (((width > 0) AND (height > 0) AND (cardinality(widths) > 0)))
);

create table media_sources (
  id uuid not null,
  url text not null,
  media_key text,
  failed_reason text,
  requested_at timestamp with time zone not null,
  constraint media_sources_pkey PRIMARY KEY (id),
  constraint media_sources_url_key UNIQUE (url),
  constraint media_sources_media_fkey FOREIGN KEY (media_key) REFERENCES media(key)
);

create table notifications (
  id uuid not null,
  kind text not null,
  order_id uuid not null,
  channel text not null,
  state text not null,
  provider_ref text,
  attempts integer default 0 not null,
  created_at timestamp with time zone not null,
  sending_since timestamp with time zone,
  sent_at timestamp with time zone,
  constraint notifications_pkey PRIMARY KEY (id),
  constraint notifications_once_key UNIQUE (order_id, kind, channel),
  constraint notifications_order_fkey FOREIGN KEY (order_id) REFERENCES orders(id),
  constraint notifications_channel_check CHECK ((channel = 'email'::text)),
  constraint notifications_sending_check CHECK (((state <> 'sending'::text) OR (sending_since IS NOT NULL))),
  constraint notifications_sent_check CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL))),
  constraint notifications_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'refused'::text])))
);

create table order_lines (
  id uuid not null,
  order_id uuid not null,
  "position" integer not null,
  variant_id uuid not null,
  product_id uuid not null,
  sku text not null,
  name_en text not null,
  name_ar text not null,
  option_text_en text not null,
  option_text_ar text not null,
  slug_en text not null,
  slug_ar text not null,
  picture_key text,
  hs_code text,
  origin_country character(2),
  quantity integer not null,
  unit_price_amount bigint not null,
  total_amount bigint not null,
  vat_rate_bp integer not null,
  vat_amount bigint not null,
  constraint order_lines_pkey PRIMARY KEY (id),
  constraint order_lines_position_key UNIQUE (order_id, "position"),
  constraint order_lines_order_fkey FOREIGN KEY (order_id) REFERENCES orders(id),
  constraint order_lines_variant_fkey FOREIGN KEY (variant_id) REFERENCES variants(id),
  constraint order_lines_total_check CHECK (((quantity > 0) AND (total_amount = (unit_price_amount * quantity)))),
  constraint order_lines_vat_check CHECK (((vat_amount >= 0) AND (vat_amount <= total_amount)))
);

create table order_timeline (
  id bigint generated always as identity,
  order_id uuid not null,
  kind text not null,
  details jsonb default '{}'::jsonb not null,
  at timestamp with time zone not null,
  constraint order_timeline_pkey PRIMARY KEY (id),
  constraint order_timeline_order_fkey FOREIGN KEY (order_id) REFERENCES orders(id)
);

create table orders (
  id uuid not null,
  number text not null,
  state text not null,
  cart_id uuid not null,
  locale text not null,
  currency character(3) not null,
  subtotal_amount bigint not null,
  delivery_amount bigint not null,
  delivery_vat_amount bigint not null,
  vat_amount bigint not null,
  grand_total_amount bigint not null,
  delivery_method text not null,
  delivery_earliest date not null,
  delivery_latest date not null,
  emirate text not null,
  data_key bytea,
  contact_sealed bytea,
  address_sealed bytea,
  email_index bytea,
  phone_index bytea,
  deadline_at timestamp with time zone,
  placed_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  cancelled_at timestamp with time zone,
  updated_at timestamp with time zone not null,
  constraint orders_pkey PRIMARY KEY (id),
  constraint orders_number_key UNIQUE (number),
  constraint orders_cancelled_check CHECK (((state <> 'cancelled'::text) OR (cancelled_at IS NOT NULL))),
  constraint orders_confirmed_check CHECK (((state <> 'confirmed'::text) OR (confirmed_at IS NOT NULL))),
  constraint orders_deadline_check CHECK (((state = 'awaiting-payment'::text) = (deadline_at IS NOT NULL))),
  constraint orders_state_check CHECK ((state = ANY (ARRAY['awaiting-payment'::text, 'confirmed'::text, 'cancelled'::text]))),
  constraint orders_total_check CHECK (((grand_total_amount = (subtotal_amount + delivery_amount)) AND (subtotal_amount > 0) AND (delivery_amount >= 0))),
  constraint orders_vat_check CHECK (((vat_amount >= delivery_vat_amount) AND (delivery_vat_amount >= 0)))
);

create table payments (
  id uuid not null,
  order_id uuid not null,
  provider text not null,
  method text not null,
  state text not null,
  currency character(3) not null,
  amount bigint not null,
  captured_amount bigint default 0 not null,
  provider_ref text,
  card_brand text,
  card_last4 text,
  decline_reason text,
  held_reason text,
  polled_at timestamp with time zone,
  poll_count integer default 0 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  captured_at timestamp with time zone,
  constraint payments_pkey PRIMARY KEY (id),
  constraint payments_order_key UNIQUE (order_id),
  constraint payments_provider_ref_key UNIQUE (provider, provider_ref),
  constraint payments_order_fkey FOREIGN KEY (order_id) REFERENCES orders(id),
  constraint payments_amount_check CHECK (((amount > 0) AND (captured_amount >= 0) AND (captured_amount <= amount))),
  constraint payments_captured_check CHECK (((state = 'captured'::text) = (captured_at IS NOT NULL))),
  constraint payments_last4_check CHECK (((card_last4 IS NULL) OR (card_last4 ~ '^[0-9]{4}$'::text))),
  constraint payments_provider_check CHECK ((provider = 'stripe'::text)),
  constraint payments_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'requires-action'::text, 'processing'::text, 'captured'::text, 'failed'::text, 'cancelled'::text])))
);

create table product_cards (
  product_id uuid not null,
  category_id uuid not null,
  brand_slug text not null,
  card_en json not null,
  card_ar json not null,
  facets text[] not null,
  tags text[] not null,
  price_min bigint not null,
  price_max bigint not null,
  is_available boolean not null,
  featured_rank integer not null,
  published_at timestamp with time zone not null,
  search_text text[] not null,
  search_name text[] not null,
  updated_at timestamp with time zone not null,
  constraint product_cards_pkey PRIMARY KEY (product_id),
  constraint product_cards_product_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE
) with (fillfactor=80);

create table product_details (
  product_id uuid not null,
  detail_en json not null,
  detail_ar json not null,
  constraint product_details_pkey PRIMARY KEY (product_id),
  constraint product_details_product_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE
);

create table product_pictures (
  product_id uuid not null,
  "position" integer not null,
  media_key text not null,
  alt_en text not null,
  alt_ar text not null,
  constraint product_pictures_pkey PRIMARY KEY (product_id, "position"),
  constraint product_pictures_media_fkey FOREIGN KEY (media_key) REFERENCES media(key),
  constraint product_pictures_product_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE
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
  subtitle_en text default ''::text not null,
  subtitle_ar text default ''::text not null,
  description_html_en text default ''::text not null,
  description_html_ar text default ''::text not null,
  attributes jsonb default '[]'::jsonb not null,
  options jsonb default '[]'::jsonb not null,
  tags text[] default '{}'::text[] not null,
  status text not null,
  vat_rate_bp integer default 500 not null,
  featured_rank integer default 1000000 not null,
  published_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint products_pkey PRIMARY KEY (id),
  constraint products_handle_key UNIQUE (handle),
  constraint products_slug_ar_key UNIQUE (slug_ar),
  constraint products_slug_en_key UNIQUE (slug_en),
  constraint products_brand_fkey FOREIGN KEY (brand_id) REFERENCES brands(id),
  constraint products_category_fkey FOREIGN KEY (category_id) REFERENCES categories(id),
  constraint products_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'active'::text, 'archived'::text]))),
  constraint products_vat_rate_check CHECK (((vat_rate_bp >= 0) AND (vat_rate_bp <= 10000)))
);

create table schema_migrations (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone default now() not null,
  constraint schema_migrations_pkey PRIMARY KEY (name)
);

create table search_words (
  word text not null,
  constraint search_words_pkey PRIMARY KEY (word)
);

create table stock_levels (
  variant_id uuid not null,
  location_id uuid not null,
  on_hand integer not null,
  reserved integer default 0 not null,
  updated_at timestamp with time zone default now() not null,
  constraint stock_levels_pkey PRIMARY KEY (variant_id, location_id),
  constraint stock_levels_location_fkey FOREIGN KEY (location_id) REFERENCES locations(id),
  constraint stock_levels_variant_fkey FOREIGN KEY (variant_id) REFERENCES variants(id),
  constraint stock_levels_never_oversold_check CHECK (((on_hand >= 0) AND (reserved >= 0) AND (reserved <= on_hand)))
);

create table stock_movements (
  id bigint generated always as identity,
  variant_id uuid not null,
  location_id uuid not null,
  kind text not null,
  on_hand_delta integer not null,
  reserved_delta integer not null,
  order_id uuid,
  reason text,
  created_at timestamp with time zone not null,
  constraint stock_movements_pkey PRIMARY KEY (id),
  constraint stock_movements_level_fkey FOREIGN KEY (variant_id, location_id) REFERENCES stock_levels(variant_id, location_id),
  constraint stock_movements_kind_check CHECK ((kind = ANY (ARRAY['count'::text, 'receipt'::text, 'adjustment'::text, 'reserve'::text, 'release'::text, 'sale'::text])))
);

create table stock_reservations (
  order_id uuid not null,
  variant_id uuid not null,
  location_id uuid not null,
  quantity integer not null,
  state text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint stock_reservations_pkey PRIMARY KEY (order_id, variant_id, location_id),
  constraint stock_reservations_level_fkey FOREIGN KEY (variant_id, location_id) REFERENCES stock_levels(variant_id, location_id),
  constraint stock_reservations_quantity_check CHECK ((quantity > 0)),
  constraint stock_reservations_state_check CHECK ((state = ANY (ARRAY['held'::text, 'committed'::text, 'released'::text])))
);

create table variant_prices (
  variant_id uuid not null,
  valid_from timestamp with time zone not null,
  price_amount bigint not null,
  constraint variant_prices_pkey PRIMARY KEY (variant_id, valid_from),
  constraint variant_prices_variant_fkey FOREIGN KEY (variant_id) REFERENCES variants(id) ON DELETE CASCADE
);

create table variants (
  id uuid not null,
  product_id uuid not null,
  sku text not null,
  "position" integer not null,
  options jsonb default '{}'::jsonb not null,
  option_text_en text default ''::text not null,
  option_text_ar text default ''::text not null,
  price_amount bigint not null,
  compare_at_amount bigint,
  currency character(3) default 'AED'::bpchar not null,
  barcode text,
  weight_grams integer,
  hs_code text,
  origin_country character(2),
  picture_key text,
  is_active boolean default true not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint variants_pkey PRIMARY KEY (id),
  constraint variants_sku_key UNIQUE (sku),
  constraint variants_picture_fkey FOREIGN KEY (picture_key) REFERENCES media(key),
  constraint variants_product_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE,
  constraint variants_compare_at_check CHECK (((compare_at_amount IS NULL) OR (compare_at_amount > price_amount))),
  constraint variants_currency_check CHECK ((currency = 'AED'::bpchar)),
  constraint variants_price_check CHECK (((price_amount > 0) AND (price_amount <= 100000000)))
);

create table webhook_events (
  provider text not null,
  event_id text not null,
  type text not null,
  object_ref text,
  payload bytea not null,
  received_at timestamp with time zone not null,
  constraint webhook_events_pkey PRIMARY KEY (provider, event_id)
);

CREATE INDEX awaited_pictures_source_idx ON public.awaited_pictures USING btree (source_id);
CREATE INDEX cart_lines_variant_idx ON public.cart_lines USING btree (variant_id);
CREATE UNIQUE INDEX carts_order_idx ON public.carts USING btree (order_id) WHERE (order_id IS NOT NULL);
CREATE INDEX carts_updated_at_idx ON public.carts USING btree (updated_at) WHERE (state = 'open'::text);
CREATE INDEX idempotency_keys_created_at_idx ON public.idempotency_keys USING btree (created_at);
CREATE INDEX order_lines_variant_idx ON public.order_lines USING btree (variant_id);
CREATE INDEX order_timeline_order_idx ON public.order_timeline USING btree (order_id, id);
CREATE INDEX orders_cart_idx ON public.orders USING btree (cart_id);
CREATE INDEX orders_deadline_idx ON public.orders USING btree (deadline_at) WHERE (state = 'awaiting-payment'::text);
CREATE INDEX payments_open_idx ON public.payments USING btree (created_at) WHERE (state = ANY (ARRAY['pending'::text, 'requires-action'::text, 'processing'::text, 'failed'::text]));
CREATE INDEX product_cards_brand_idx ON public.product_cards USING btree (brand_slug, featured_rank, product_id);
CREATE INDEX product_cards_category_featured_idx ON public.product_cards USING btree (category_id, featured_rank, product_id);
CREATE INDEX product_cards_category_newest_idx ON public.product_cards USING btree (category_id, published_at, product_id);
CREATE INDEX product_cards_category_price_idx ON public.product_cards USING btree (category_id, price_min, product_id);
CREATE INDEX product_cards_facets_idx ON public.product_cards USING gin (facets);
CREATE INDEX product_cards_featured_idx ON public.product_cards USING btree (featured_rank, product_id);
CREATE INDEX product_cards_newest_idx ON public.product_cards USING btree (published_at, product_id);
CREATE INDEX product_cards_price_idx ON public.product_cards USING btree (price_min, product_id);
CREATE INDEX product_cards_tags_idx ON public.product_cards USING gin (tags);
CREATE INDEX product_cards_words_idx ON public.product_cards USING gin (search_text);
CREATE INDEX products_brand_idx ON public.products USING btree (brand_id);
CREATE INDEX products_category_idx ON public.products USING btree (category_id);
CREATE INDEX search_words_trigrams_idx ON public.search_words USING gin (word gin_trgm_ops);
CREATE INDEX stock_movements_order_idx ON public.stock_movements USING btree (order_id) WHERE (order_id IS NOT NULL);
CREATE INDEX stock_movements_variant_idx ON public.stock_movements USING btree (variant_id, location_id, id);
CREATE INDEX stock_reservations_held_idx ON public.stock_reservations USING btree (expires_at) WHERE (state = 'held'::text);
CREATE INDEX stock_reservations_variant_idx ON public.stock_reservations USING btree (variant_id) WHERE (state = 'held'::text);
CREATE INDEX variants_product_idx ON public.variants USING btree (product_id, "position");
CREATE INDEX webhook_events_object_idx ON public.webhook_events USING btree (provider, object_ref);
CREATE INDEX webhook_events_received_at_idx ON public.webhook_events USING btree (received_at);

create view order_payments as
 SELECT order_id,
    id AS payment_id,
    method,
    state,
    amount,
    card_brand,
    card_last4,
    decline_reason,
    held_reason IS NOT NULL AS is_held,
    provider_ref
   FROM payments;

create view pictures as
 SELECT key,
    width,
    height,
    widths
   FROM media;

create view placed_orders as
 SELECT id AS order_id,
    number,
    state
   FROM orders;

create view sellable_variants as
 SELECT variant.id AS variant_id,
    variant.product_id,
    variant.sku,
    variant.price_amount,
    variant.compare_at_amount,
    variant.is_active AND product.status = 'active'::text AS is_for_sale,
    GREATEST(COALESCE(level.on_hand - level.reserved, 0), 0) AS available,
    product.vat_rate_bp,
    product.name_en,
    product.name_ar,
    variant.option_text_en,
    variant.option_text_ar,
    product.slug_en,
    product.slug_ar,
    variant.hs_code,
    variant.origin_country,
    media.key AS picture_key,
    media.width AS picture_width,
    media.height AS picture_height,
    media.widths AS picture_widths
   FROM variants variant
     JOIN products product ON product.id = variant.product_id
     LEFT JOIN stock_levels level ON level.variant_id = variant.id AND level.location_id = '0192a000-0000-7000-8000-000000000001'::uuid
     LEFT JOIN media ON media.key = COALESCE(variant.picture_key, ( SELECT product_pictures.media_key
           FROM product_pictures
          WHERE product_pictures.product_id = product.id
          ORDER BY product_pictures."position"
         LIMIT 1));

create view variant_availability as
 SELECT variant_id,
    sum(on_hand - reserved)::integer AS available
   FROM stock_levels
  GROUP BY variant_id;
