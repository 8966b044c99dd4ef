-- What a customer keeps: addresses, consents, a cart that follows them, their orders.
create table customer_addresses (
  id uuid not null,
  account_id uuid not null,
  -- under the account's data key
  address_sealed bytea not null,
  is_default boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint customer_addresses_pkey primary key (id),
  constraint customer_addresses_account_fkey foreign key (account_id) references accounts (id) on delete cascade
);
create index customer_addresses_account_idx on customer_addresses (account_id, id);
create unique index customer_addresses_default_idx on customer_addresses (account_id) where is_default;

-- Append-only: the newest row of a channel and purpose is what holds. No row is no consent.
create table customer_consents (
  id bigint generated always as identity,
  account_id uuid not null,
  channel text not null,
  purpose text not null,
  is_granted boolean not null,
  -- which words were agreed to, in which language, where and from where (truncated address)
  wording_version text not null,
  locale text not null,
  source text not null,
  network text not null,
  at timestamptz not null,
  constraint customer_consents_pkey primary key (id),
  -- proof of what was agreed to outlives an erased account: no cascade
  constraint customer_consents_account_fkey foreign key (account_id) references accounts (id),
  constraint customer_consents_channel_check check (channel in ('email', 'sms', 'whatsapp', 'push', 'phone')),
  constraint customer_consents_purpose_check check (purpose in ('marketing'))
);
create index customer_consents_account_idx on customer_consents (account_id, channel, purpose, id desc);

create function refuse_consent_change() returns trigger language plpgsql as $$
begin
  raise exception 'customer_consents is append-only: % refused', tg_op using errcode = 'insufficient_privilege';
end
$$;
create trigger customer_consents_append_only before update or delete or truncate on customer_consents
for each statement execute function refuse_consent_change();

alter table carts add column customer_id uuid;
-- the cart's key under its customer's data key, for their next device
alter table carts add column key_sealed bytea;
alter table carts add constraint carts_customer_fkey foreign key (customer_id) references accounts (id) not valid;
alter table carts validate constraint carts_customer_fkey;
alter table carts add constraint carts_customer_check check (customer_id is null or key_sealed is not null) not valid;
alter table carts validate constraint carts_customer_check;
-- one open cart a customer, on all their devices
create unique index carts_customer_idx on carts (customer_id) where state = 'open' and customer_id is not null;

alter table orders add column customer_id uuid;
alter table orders add constraint orders_customer_fkey foreign key (customer_id) references accounts (id) not valid;
alter table orders validate constraint orders_customer_fkey;
create index orders_customer_idx on orders (customer_id, placed_at desc, id desc) where customer_id is not null;
-- orders nobody with an account has yet, for whoever proves to have their phone or e-mail
create index orders_unclaimed_email_idx on orders (email_index) where customer_id is null and email_index is not null;
create index orders_unclaimed_phone_idx on orders (phone_index) where customer_id is null and phone_index is not null;
