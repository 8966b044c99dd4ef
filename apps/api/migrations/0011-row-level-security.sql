-- The second net under customers' data (docs/adr/0011): what is done for a signed-in customer is done as this role, which sees the
-- rows of `app.account_id` and no others, whatever a query forgets. It may touch what /me shows, column by column, and nothing else.
do $$ begin
  if not exists (select from pg_roles where rolname = 'dhow_customer') then create role dhow_customer nologin; end if;
exception when duplicate_object or unique_violation then null; -- another database of this cluster was faster
end $$;
-- A login that is no superuser must be allowed to become it.
do $$ begin
  if not pg_has_role(session_user, 'dhow_customer', 'set') then
    execute format('grant dhow_customer to %I', session_user);
  end if;
exception when unique_violation then null;
end $$;

-- Empty is what a setting made for an earlier transaction leaves behind: nobody, as when there never was one.
create function current_account_id() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.account_id', true), '')::uuid
$$;

alter table accounts enable row level security;
alter table customer_addresses enable row level security;
alter table customer_consents enable row level security;
alter table carts enable row level security;
alter table cart_lines enable row level security;
alter table orders enable row level security;
alter table order_lines enable row level security;
alter table order_timeline enable row level security;
alter table payments enable row level security;

create policy own_account on accounts to dhow_customer using (id = current_account_id());
create policy own_addresses on customer_addresses to dhow_customer using (account_id = current_account_id());
create policy own_consents on customer_consents to dhow_customer using (account_id = current_account_id());
create policy own_carts on carts to dhow_customer using (customer_id = current_account_id());
-- `offset 0` keeps the planner from hashing all carts or orders of the customer to look at the lines of one: with 400 orders that
-- took a quarter of a request's time.
create policy own_cart_lines on cart_lines to dhow_customer
  using (exists (select from carts cart where cart.id = cart_id and cart.customer_id = current_account_id() offset 0));
create policy own_orders on orders to dhow_customer using (customer_id = current_account_id());
create policy own_order_lines on order_lines to dhow_customer
  using (exists (select from orders placed where placed.id = order_id and placed.customer_id = current_account_id() offset 0));
create policy own_order_timeline on order_timeline to dhow_customer
  using (exists (select from orders placed where placed.id = order_id and placed.customer_id = current_account_id() offset 0));
create policy own_payments on payments to dhow_customer
  using (exists (select from orders placed where placed.id = order_id and placed.customer_id = current_account_id() offset 0));

-- Views look through policies unless told to look as whoever asks.
alter view placed_orders set (security_invoker = true);
alter view order_payments set (security_invoker = true);

-- How somebody can sign in, without a look at what they sign in with.
create view own_sign_in_methods with (security_barrier = true) as
select account.id as account_id,
  exists (select from passwords where account_id = account.id) as has_password,
  exists (select from totp_secrets where account_id = account.id and confirmed_at is not null) as has_totp,
  (select count(*)::integer from passkeys where account_id = account.id) as passkey_count,
  (select count(*)::integer from recovery_codes where account_id = account.id and used_at is null) as recovery_codes_left
from accounts account where account.id = current_account_id();

-- Functions may be called by anybody unless somebody says otherwise.
revoke execute on function audit_append(jsonb) from public;

grant usage on schema public to dhow_customer;
grant select (id, status, data_key, name_sealed, phone_sealed, email_sealed, locale, created_at),
  update (name_sealed, locale, updated_at) on accounts to dhow_customer;
grant select, insert, update (address_sealed, is_default, updated_at), delete on customer_addresses to dhow_customer;
grant select, insert on customer_consents to dhow_customer;
grant select (id, state, locale, data_key, contact_sealed, address_sealed, emirate, delivery_method, order_id, customer_id, key_sealed)
  on carts to dhow_customer;
grant select on cart_lines, sellable_variants, placed_orders, order_payments, pictures, own_sign_in_methods to dhow_customer;
grant select (id, number, state, cart_id, customer_id, locale, subtotal_amount, delivery_amount, vat_amount, grand_total_amount,
  delivery_method, delivery_earliest, delivery_latest, data_key, contact_sealed, address_sealed, deadline_at, placed_at)
  on orders to dhow_customer;
grant select on order_lines to dhow_customer;
grant select (id, order_id, kind, at) on order_timeline to dhow_customer;
grant select (id, order_id, method, state, amount, card_brand, card_last4, decline_reason, held_reason, provider_ref)
  on payments to dhow_customer;
