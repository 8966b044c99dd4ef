-- Stock: a level per variant and location, the holds on it, and the ledger of everything that moved it.
create table locations (
  id uuid not null,
  code text not null,
  name_en text not null,
  name_ar text not null,
  emirate text not null,
  constraint locations_pkey primary key (id),
  constraint locations_code_key unique (code)
);
insert into locations (id, code, name_en, name_ar, emirate)
values ('0192a000-0000-7000-8000-000000000001', 'main', 'Main warehouse', 'المستودع الرئيسي', 'AE-DU');

create table stock_levels (
  variant_id uuid not null,
  location_id uuid not null,
  on_hand integer not null,
  reserved integer not null default 0,
  updated_at timestamptz not null default now(),
  constraint stock_levels_pkey primary key (variant_id, location_id),
  constraint stock_levels_variant_fkey foreign key (variant_id) references variants (id),
  constraint stock_levels_location_fkey foreign key (location_id) references locations (id),
  -- never oversold: the last line of defence behind the guarded updates
  constraint stock_levels_never_oversold_check check (on_hand >= 0 and reserved >= 0 and reserved <= on_hand)
);

create table stock_reservations (
  order_id uuid not null,
  variant_id uuid not null,
  location_id uuid not null,
  quantity integer not null,
  state text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  constraint stock_reservations_pkey primary key (order_id, variant_id, location_id),
  constraint stock_reservations_level_fkey foreign key (variant_id, location_id) references stock_levels (variant_id, location_id),
  constraint stock_reservations_quantity_check check (quantity > 0),
  constraint stock_reservations_state_check check (state in ('held', 'committed', 'released'))
);
create index stock_reservations_held_idx on stock_reservations (expires_at) where state = 'held';
create index stock_reservations_variant_idx on stock_reservations (variant_id) where state = 'held';

-- Append-only. Σ on_hand_delta is on_hand and Σ reserved_delta is reserved, for every variant and location.
create table stock_movements (
  id bigint generated always as identity,
  variant_id uuid not null,
  location_id uuid not null,
  kind text not null,
  on_hand_delta integer not null,
  reserved_delta integer not null,
  order_id uuid,
  reason text,
  created_at timestamptz not null,
  constraint stock_movements_pkey primary key (id),
  constraint stock_movements_level_fkey foreign key (variant_id, location_id) references stock_levels (variant_id, location_id),
  constraint stock_movements_kind_check check (kind in ('count', 'receipt', 'adjustment', 'reserve', 'release', 'sale'))
);
create index stock_movements_variant_idx on stock_movements (variant_id, location_id, id);
create index stock_movements_order_idx on stock_movements (order_id) where order_id is not null;

-- What a cart needs to know of a variant: price, stock, words and picture in one row. Inlined by the planner.
create view sellable_variants as
select variant.id as variant_id, variant.product_id, variant.sku, variant.price_amount, variant.compare_at_amount,
  variant.is_active and product.status = 'active' as is_for_sale,
  greatest(coalesce(level.on_hand - level.reserved, 0), 0) as available,
  product.vat_rate_bp, product.name_en, product.name_ar, variant.option_text_en, variant.option_text_ar,
  product.slug_en, product.slug_ar, variant.hs_code, variant.origin_country,
  media.key as picture_key, media.width as picture_width, media.height as picture_height, media.widths as picture_widths
from variants variant
join products product on product.id = variant.product_id
left join stock_levels level on level.variant_id = variant.id and level.location_id = '0192a000-0000-7000-8000-000000000001'
left join media on media.key = coalesce(
  variant.picture_key,
  (select media_key from product_pictures where product_id = product.id order by position limit 1));

-- Pictures as other slices show them.
create view pictures as select key, width, height, widths from media;

-- What can be promised of a variant, over all locations: the read model other slices join.
create view variant_availability as
select variant_id, sum(on_hand - reserved)::integer as available from stock_levels group by variant_id;
