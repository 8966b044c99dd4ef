-- Carts, and what delivery costs.
create table delivery_rates (
  method text not null,
  emirate text not null,
  -- VAT-inclusive minor units
  price_amount bigint not null,
  -- free when the lines come to this much; null is never
  free_over_amount bigint,
  min_days integer not null,
  max_days integer not null,
  -- minutes after midnight, Asia/Dubai: later orders count from the next working day
  cutoff_minute integer not null,
  valid_from timestamptz not null default '2026-01-01Z',
  valid_to timestamptz,
  constraint delivery_rates_pkey primary key (method, emirate, valid_from),
  constraint delivery_rates_method_check check (method in ('standard', 'same-day')),
  constraint delivery_rates_amounts_check check (price_amount >= 0 and (free_over_amount is null or free_over_amount >= 0)),
  constraint delivery_rates_days_check check (min_days >= 0 and max_days >= min_days),
  constraint delivery_rates_cutoff_check check (cutoff_minute between 0 and 1439)
);
insert into delivery_rates (method, emirate, price_amount, free_over_amount, min_days, max_days, cutoff_minute) values
  ('standard', 'AE-DU', 1500, 20000, 1, 1, 1080),
  ('standard', 'AE-SH', 1500, 20000, 1, 1, 1080),
  ('standard', 'AE-AJ', 1500, 20000, 1, 1, 1080),
  ('standard', 'AE-AZ', 2000, 20000, 1, 2, 960),
  ('standard', 'AE-UQ', 2000, 20000, 1, 2, 960),
  ('standard', 'AE-RK', 2500, 30000, 2, 3, 960),
  ('standard', 'AE-FU', 2500, 30000, 2, 3, 960),
  ('same-day', 'AE-DU', 2500, null, 0, 0, 840),
  ('same-day', 'AE-SH', 2500, null, 0, 0, 840),
  ('same-day', 'AE-AJ', 2500, null, 0, 0, 840);

create table carts (
  id uuid not null,
  -- SHA-256 of the key that is the cart's public id
  key_hash bytea not null,
  state text not null,
  locale text not null,
  -- contact and address, each AES-256-GCM under data_key, which is wrapped by the master key
  data_key bytea,
  contact_sealed bytea,
  address_sealed bytea,
  emirate text,
  delivery_method text,
  order_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint carts_pkey primary key (id),
  constraint carts_key_hash_key unique (key_hash),
  constraint carts_state_check check (state in ('open', 'checked-out')),
  constraint carts_order_check check ((state = 'checked-out') = (order_id is not null)),
  constraint carts_sealed_check check (data_key is not null or (contact_sealed is null and address_sealed is null)),
  constraint carts_address_check check ((address_sealed is null) = (emirate is null))
);
create index carts_updated_at_idx on carts (updated_at) where state = 'open';
create unique index carts_order_idx on carts (order_id) where order_id is not null;

create table cart_lines (
  id uuid not null,
  cart_id uuid not null,
  variant_id uuid not null,
  quantity integer not null,
  -- the price the shopper saw last, to say so when it changes
  seen_price_amount bigint not null,
  created_at timestamptz not null,
  constraint cart_lines_pkey primary key (id),
  constraint cart_lines_cart_fkey foreign key (cart_id) references carts (id) on delete cascade,
  constraint cart_lines_variant_fkey foreign key (variant_id) references variants (id),
  constraint cart_lines_variant_key unique (cart_id, variant_id),
  constraint cart_lines_quantity_check check (quantity between 1 and 20)
);
create index cart_lines_variant_idx on cart_lines (variant_id);
