-- Orders with their frozen lines and timeline, payments, and the webhooks that spoke of them.
create table orders (
  id uuid not null,
  number text not null,
  state text not null,
  cart_id uuid not null,
  locale text not null,
  currency char(3) not null,
  subtotal_amount bigint not null,
  delivery_amount bigint not null,
  delivery_vat_amount bigint not null,
  vat_amount bigint not null,
  grand_total_amount bigint not null,
  delivery_method text not null,
  delivery_earliest date not null,
  delivery_latest date not null,
  -- kept in clear: the VAT return groups by the emirate of delivery
  emirate text not null,
  data_key bytea,
  contact_sealed bytea,
  address_sealed bytea,
  -- keyed blind indexes for "find my order"
  email_index bytea,
  phone_index bytea,
  -- when an unpaid order is given up
  deadline_at timestamptz,
  placed_at timestamptz not null,
  confirmed_at timestamptz,
  cancelled_at timestamptz,
  updated_at timestamptz not null,
  constraint orders_pkey primary key (id),
  constraint orders_number_key unique (number),
  constraint orders_state_check check (state in ('awaiting-payment', 'confirmed', 'cancelled')),
  constraint orders_total_check check (grand_total_amount = subtotal_amount + delivery_amount and subtotal_amount > 0 and delivery_amount >= 0),
  constraint orders_vat_check check (vat_amount >= delivery_vat_amount and delivery_vat_amount >= 0),
  constraint orders_deadline_check check ((state = 'awaiting-payment') = (deadline_at is not null)),
  constraint orders_confirmed_check check (state <> 'confirmed' or confirmed_at is not null),
  constraint orders_cancelled_check check (state <> 'cancelled' or cancelled_at is not null)
);
create index orders_deadline_idx on orders (deadline_at) where state = 'awaiting-payment';
create index orders_cart_idx on orders (cart_id);

create table order_lines (
  id uuid not null,
  order_id uuid not null,
  position integer not null,
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
  origin_country char(2),
  quantity integer not null,
  unit_price_amount bigint not null,
  total_amount bigint not null,
  vat_rate_bp integer not null,
  vat_amount bigint not null,
  constraint order_lines_pkey primary key (id),
  constraint order_lines_order_fkey foreign key (order_id) references orders (id),
  constraint order_lines_variant_fkey foreign key (variant_id) references variants (id),
  constraint order_lines_position_key unique (order_id, position),
  constraint order_lines_total_check check (quantity > 0 and total_amount = unit_price_amount * quantity),
  constraint order_lines_vat_check check (vat_amount >= 0 and vat_amount <= total_amount)
);
create index order_lines_variant_idx on order_lines (variant_id);

-- Append-only: what happened to an order, in words staff and shopper both see.
create table order_timeline (
  id bigint generated always as identity,
  order_id uuid not null,
  kind text not null,
  -- never personal data
  details jsonb not null default '{}',
  at timestamptz not null,
  constraint order_timeline_pkey primary key (id),
  constraint order_timeline_order_fkey foreign key (order_id) references orders (id)
);
create index order_timeline_order_idx on order_timeline (order_id, id);

create table payments (
  id uuid not null,
  order_id uuid not null,
  provider text not null,
  method text not null,
  state text not null,
  currency char(3) not null,
  amount bigint not null,
  captured_amount bigint not null default 0,
  -- the provider's own id, known once it answered
  provider_ref text,
  card_brand text,
  card_last4 text,
  decline_reason text,
  -- when the truth did not match what we asked for: nothing moves until a person has looked
  held_reason text,
  -- how often and when the poll asked, for its back-off
  polled_at timestamptz,
  poll_count integer not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  captured_at timestamptz,
  constraint payments_pkey primary key (id),
  constraint payments_order_fkey foreign key (order_id) references orders (id),
  constraint payments_order_key unique (order_id),
  constraint payments_provider_ref_key unique (provider, provider_ref),
  constraint payments_provider_check check (provider in ('stripe')),
  constraint payments_state_check check (state in ('pending', 'requires-action', 'processing', 'captured', 'failed', 'cancelled')),
  constraint payments_amount_check check (amount > 0 and captured_amount >= 0 and captured_amount <= amount),
  constraint payments_captured_check check ((state = 'captured') = (captured_at is not null)),
  constraint payments_last4_check check (card_last4 is null or card_last4 ~ '^[0-9]{4}$')
);
create index payments_open_idx on payments (created_at) where state in ('pending', 'requires-action', 'processing', 'failed');

create table webhook_events (
  provider text not null,
  event_id text not null,
  type text not null,
  -- the object it speaks of
  object_ref text,
  -- the signed bytes as they came, sealed: they may hold a billing address
  payload bytea not null,
  received_at timestamptz not null,
  constraint webhook_events_pkey primary key (provider, event_id)
);
create index webhook_events_received_at_idx on webhook_events (received_at);
create index webhook_events_object_idx on webhook_events (provider, object_ref);

-- Every message to a person, once: the outbox of e-mail.
create table notifications (
  id uuid not null,
  kind text not null,
  order_id uuid not null,
  channel text not null,
  state text not null,
  provider_ref text,
  attempts integer not null default 0,
  created_at timestamptz not null,
  -- when the provider was last called; one that stays `sending` may have been sent, and is never sent again by itself
  sending_since timestamptz,
  sent_at timestamptz,
  constraint notifications_pkey primary key (id),
  constraint notifications_order_fkey foreign key (order_id) references orders (id),
  constraint notifications_once_key unique (order_id, kind, channel),
  constraint notifications_channel_check check (channel in ('email')),
  constraint notifications_sending_check check (state <> 'sending' or sending_since is not null),
  constraint notifications_sent_check check ((state = 'sent') = (sent_at is not null)),
  constraint notifications_state_check check (state in ('queued', 'sending', 'sent', 'refused'))
);

-- What a cart may know of the order it became.
create view placed_orders as select id as order_id, number, state from orders;

-- What an order shows of its payment.
create view order_payments as
select order_id, id as payment_id, method, state, amount, card_brand, card_last4, decline_reason,
  held_reason is not null as is_held, provider_ref
from payments;
