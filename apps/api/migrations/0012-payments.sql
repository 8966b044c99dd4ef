-- Payments of every kind: attempts of an order, captures and refunds, disputes, the ledger, store credit, cash on delivery,
-- what webhooks became, and what reconciliation found.

-- An order may be tried with one provider and paid with another: each try is a row, and one of them is the current one.
alter table payments drop constraint payments_order_key;
alter table payments drop constraint payments_provider_check;
alter table payments drop constraint payments_state_check;
alter table payments drop constraint payments_amount_check;
alter table payments
  add column attempt integer not null default 1,
  -- another attempt has taken its place; whatever money still arrives here is let go or given back
  add column superseded_at timestamptz,
  -- the shopper wants to pay another way: that this one is stopped does not give the order up
  add column change_asked_at timestamptz,
  -- somebody is saying yes to it at its provider just now; a process that died over it is not waited for long
  add column authorise_asked_at timestamptz,
  add column authorised_amount bigint not null default 0,
  -- refunds to the original method that were asked for and have not failed, the done ones included
  add column refund_requested_amount bigint not null default 0,
  add column refunded_amount bigint not null default 0,
  -- the provider's name for the hosted page, where that is not the payment
  add column session_ref text,
  -- where the hosted page is; it belongs to the shopper, so nobody else is shown it
  add column redirect_url text,
  -- when the provider gives an unpaid payment up
  add column expires_at timestamptz,
  -- the provider's own word for its state, for people
  add column provider_state text,
  add column wallet text,
  add column authorised_at timestamptz,
  -- money that is held and not taken by then lapses, or is taken by itself
  add column capture_before timestamptz,
  -- which warnings about a deadline were given: 0, 50 or 90 percent
  add column alarm_level smallint not null default 0,
  -- what the provider kept of it; null until it said so
  add column fee_amount bigint,
  -- a person has looked at this mismatch and said it may stay: the same one holds nothing any more
  add column dismissed_reason text;
update payments set authorised_amount = captured_amount where captured_amount > 0;

-- Money taken was held first, if only for a moment; a release before this one does not know the column.
create function payments_held_before_taken() returns trigger language plpgsql as $$
begin
  new.authorised_amount := greatest(new.authorised_amount, new.captured_amount);
  return new;
end $$;
create trigger payments_held_before_taken before insert or update of captured_amount on payments
  for each row execute function payments_held_before_taken();

alter table payments
  add constraint payments_provider_check check (provider in ('stripe', 'tabby', 'tamara', 'cod', 'store-credit')),
  add constraint payments_method_check check (method in ('card', 'tabby', 'tamara', 'cod', 'store-credit')),
  add constraint payments_state_check
    check (state in ('pending', 'requires-action', 'processing', 'authorised', 'captured', 'failed', 'cancelled')),
  -- nothing is left to pay where store credit covers it all
  add constraint payments_amount_check check (amount > 0 or (amount = 0 and provider = 'store-credit')),
  add constraint payments_authorised_check check (authorised_amount between 0 and amount),
  add constraint payments_taken_check check (captured_amount between 0 and authorised_amount),
  add constraint payments_refund_check
    check (refunded_amount >= 0 and refunded_amount <= refund_requested_amount and refund_requested_amount <= captured_amount),
  add constraint payments_alarm_check check (alarm_level in (0, 50, 90)),
  add constraint payments_attempt_key unique (order_id, attempt);
create unique index payments_current_key on payments (order_id) where superseded_at is null;
create index payments_placed_idx on payments (created_at, id);
create index payments_state_idx on payments (state, created_at, id);
create index payments_held_idx on payments (created_at, id) where held_reason is not null;
create index payments_overdue_idx on payments (created_at, id) where state = 'authorised' and alarm_level > 0;
create index payments_capture_idx on payments (capture_before) where state = 'authorised';
drop index payments_open_idx;
create index payments_open_idx on payments (created_at)
  where state in ('pending', 'requires-action', 'processing', 'failed') and provider <> 'cod' and (state <> 'failed' or superseded_at is null);

create or replace view order_payments with (security_invoker = true) as
select order_id, id as payment_id, method, state, amount, card_brand, card_last4, decline_reason,
  held_reason is not null as is_held, provider_ref, provider, attempt, captured_amount, refunded_amount, wallet, redirect_url, session_ref
from payments where superseded_at is null;
grant select (provider, attempt, captured_amount, refunded_amount, wallet, redirect_url, session_ref, superseded_at) on payments to dhow_customer;

-- What a method adds, what store credit pays, what cash rounds off: all VAT-inclusive minor units.
alter table orders drop constraint orders_total_check;
alter table orders drop constraint orders_vat_check;
alter table orders
  add column payment_fee_amount bigint not null default 0,
  add column payment_fee_vat_amount bigint not null default 0,
  add column store_credit_amount bigint not null default 0,
  -- cash is rounded to the smallest coin (UAE facts §1.2): never more than 24 fils, and VAT does not change
  add column rounding_amount integer not null default 0,
  add column refunded_delivery_amount bigint not null default 0,
  add column refunded_payment_fee_amount bigint not null default 0,
  add column refunded_delivery_vat_amount bigint not null default 0,
  add column refunded_payment_fee_vat_amount bigint not null default 0,
  add constraint orders_total_check check (
    grand_total_amount = subtotal_amount + delivery_amount + payment_fee_amount
    and subtotal_amount > 0 and delivery_amount >= 0 and payment_fee_amount >= 0),
  add constraint orders_vat_check check (
    vat_amount >= delivery_vat_amount + payment_fee_vat_amount and delivery_vat_amount >= 0
    and payment_fee_vat_amount between 0 and payment_fee_amount),
  add constraint orders_credit_check check (store_credit_amount between 0 and grand_total_amount),
  add constraint orders_rounding_check check (rounding_amount between -24 and 24),
  add constraint orders_refunded_check check (
    refunded_delivery_amount between 0 and delivery_amount and refunded_payment_fee_amount between 0 and payment_fee_amount
    and refunded_delivery_vat_amount between 0 and delivery_vat_amount
    and refunded_payment_fee_vat_amount between 0 and payment_fee_vat_amount);
grant select (payment_fee_amount, payment_fee_vat_amount, store_credit_amount, rounding_amount) on orders to dhow_customer;

-- What staff see of a payment beside it: which order it pays.
create view payment_list as
select payment.id, payment.attempt, payment.superseded_at is null as is_current, payment.provider, payment.method, payment.state,
  payment.provider_ref, payment.provider_state, payment.currency, payment.amount, payment.authorised_amount, payment.captured_amount,
  payment.refund_requested_amount, payment.refunded_amount, payment.fee_amount, payment.held_reason, payment.decline_reason,
  payment.card_brand, payment.card_last4, payment.wallet, payment.created_at, payment.updated_at, payment.authorised_at,
  payment.captured_at, payment.expires_at, payment.capture_before, payment.alarm_level,
  payment.order_id, placed.number as order_number, placed.state as order_state, placed.deadline_at
from payments payment join orders placed on placed.id = payment.order_id;

-- Taking held money: asked for once at a time, with the row's id as the provider's idempotency key.
create table captures (
  id uuid not null,
  payment_id uuid not null,
  amount bigint not null,
  -- what is not taken is let go
  is_final boolean not null,
  state text not null,
  provider_ref text,
  -- courier and number, for providers that ask; never personal data
  shipment jsonb,
  requested_by uuid,
  failure_reason text,
  try_count integer not null default 0,
  next_try_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint captures_pkey primary key (id),
  constraint captures_payment_fkey foreign key (payment_id) references payments (id),
  constraint captures_amount_check check (amount > 0),
  constraint captures_state_check check (state in ('requested', 'succeeded', 'failed'))
);
create unique index captures_one_at_a_time_key on captures (payment_id) where state = 'requested';
create unique index captures_provider_ref_key on captures (payment_id, provider_ref) where provider_ref is not null;
create index captures_payment_idx on captures (payment_id, created_at);
create index captures_open_idx on captures (next_try_at) where state = 'requested';

create table refunds (
  id uuid not null,
  order_id uuid not null,
  -- null gives store credit for what no provider holds, such as cash
  payment_id uuid,
  destination text not null,
  state text not null,
  amount bigint not null,
  -- contained in amount; zero when it gives back what was never a sale, such as paying twice
  vat_amount bigint not null,
  delivery_amount bigint not null default 0,
  delivery_vat_amount bigint not null default 0,
  payment_fee_amount bigint not null default 0,
  payment_fee_vat_amount bigint not null default 0,
  -- what is given back beyond lines, delivery and fee: goodwill
  other_amount bigint not null default 0,
  -- below zero: fils that cash rounded off were never paid, so the last refund leaves them out
  rounding_amount integer not null default 0,
  -- false gives back money that paid for nothing: the sale stays as it is
  is_of_sale boolean not null default true,
  reason text not null,
  -- made outside this shop, at the provider
  is_external boolean not null default false,
  provider_ref text,
  failure_reason text,
  requested_by uuid,
  approval_id uuid,
  customer_id uuid,
  try_count integer not null default 0,
  next_try_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  succeeded_at timestamptz,
  constraint refunds_pkey primary key (id),
  constraint refunds_order_fkey foreign key (order_id) references orders (id),
  constraint refunds_payment_fkey foreign key (payment_id) references payments (id),
  constraint refunds_amount_check check (amount > 0 and vat_amount between 0 and amount
    and delivery_amount >= 0 and payment_fee_amount >= 0 and other_amount >= 0 and rounding_amount between -24 and 0
    and delivery_vat_amount between 0 and delivery_amount and payment_fee_vat_amount between 0 and payment_fee_amount),
  constraint refunds_destination_check check (destination in ('original', 'store-credit')),
  constraint refunds_original_check check (destination = 'store-credit' or payment_id is not null),
  constraint refunds_state_check check (state in ('requested', 'pending', 'succeeded', 'failed')),
  constraint refunds_succeeded_check check (state <> 'succeeded' or succeeded_at is not null)
);
create index refunds_order_idx on refunds (order_id, created_at);
create index refunds_payment_idx on refunds (payment_id);
create unique index refunds_provider_ref_key on refunds (payment_id, provider_ref) where provider_ref is not null;
create index refunds_newest_idx on refunds (created_at, id);
create index refunds_open_idx on refunds (next_try_at) where state in ('requested', 'pending');

create table refund_lines (
  refund_id uuid not null,
  order_line_id uuid not null,
  quantity integer not null,
  amount bigint not null,
  vat_amount bigint not null,
  constraint refund_lines_pkey primary key (refund_id, order_line_id),
  constraint refund_lines_refund_fkey foreign key (refund_id) references refunds (id),
  constraint refund_lines_line_fkey foreign key (order_line_id) references order_lines (id),
  constraint refund_lines_amount_check check (quantity >= 0 and amount > 0 and vat_amount between 0 and amount)
);
create index refund_lines_line_idx on refund_lines (order_line_id);

-- How much of each line was given back; what was sold stands beside it, so that the row itself can refuse more.
create table refunded_lines (
  order_line_id uuid not null,
  order_id uuid not null,
  sold_quantity integer not null,
  sold_amount bigint not null,
  sold_vat_amount bigint not null,
  quantity integer not null,
  amount bigint not null,
  vat_amount bigint not null,
  constraint refunded_lines_pkey primary key (order_line_id),
  constraint refunded_lines_line_fkey foreign key (order_line_id) references order_lines (id),
  constraint refunded_lines_order_fkey foreign key (order_id) references orders (id),
  constraint refunded_lines_quantity_check check (quantity between 0 and sold_quantity),
  constraint refunded_lines_amount_check check (amount between 0 and sold_amount),
  -- the VAT of a line comes back with its money, to the fils
  constraint refunded_lines_vat_check check (vat_amount between 0 and sold_vat_amount and (amount < sold_amount or vat_amount = sold_vat_amount))
);
create index refunded_lines_order_idx on refunded_lines (order_id);

create table disputes (
  id uuid not null,
  payment_id uuid not null,
  provider text not null,
  provider_ref text not null,
  state text not null,
  reason text not null,
  amount bigint not null,
  currency char(3) not null,
  -- evidence is taken until then
  due_at timestamptz,
  has_evidence boolean not null default false,
  is_refundable boolean not null default true,
  -- what the provider has taken back so far, as the ledger has it
  withdrawn_amount bigint not null default 0,
  fee_amount bigint not null default 0,
  alarm_level smallint not null default 0,
  opened_at timestamptz not null,
  closed_at timestamptz,
  updated_at timestamptz not null,
  constraint disputes_pkey primary key (id),
  constraint disputes_payment_fkey foreign key (payment_id) references payments (id),
  constraint disputes_ref_key unique (provider, provider_ref),
  constraint disputes_state_check check (state in ('inquiry', 'needs-response', 'under-review', 'won', 'lost', 'closed')),
  constraint disputes_amount_check check (amount > 0 and withdrawn_amount >= 0 and fee_amount >= 0)
);
create index disputes_payment_idx on disputes (payment_id);
create index disputes_newest_idx on disputes (opened_at, id);
create index disputes_open_idx on disputes (due_at) where closed_at is null;

-- A bank says that a payment was fraud, before anybody disputes it.
create table fraud_warnings (
  provider text not null,
  provider_ref text not null,
  payment_id uuid not null,
  -- the bank's own word, such as `made_with_stolen_card`
  kind text not null,
  -- whether giving the money back would still spare the dispute
  is_actionable boolean not null,
  warned_at timestamptz not null,
  updated_at timestamptz not null,
  constraint fraud_warnings_pkey primary key (provider, provider_ref),
  constraint fraud_warnings_payment_fkey foreign key (payment_id) references payments (id)
);
create index fraud_warnings_payment_idx on fraud_warnings (payment_id);

-- The ledger: double entry, append-only. Debit is positive, credit negative; each transaction adds up to nothing.
create table ledger_transactions (
  id uuid not null,
  -- sale, capture, refund, fee …
  kind text not null,
  -- what it came of, such as `capture:<id>`: the same cause is booked once
  source text not null,
  order_id uuid,
  payment_id uuid,
  at timestamptz not null,
  constraint ledger_transactions_pkey primary key (id),
  constraint ledger_transactions_source_key unique (source)
);
create index ledger_transactions_order_idx on ledger_transactions (order_id) where order_id is not null;
create index ledger_transactions_at_idx on ledger_transactions (at, id);
-- what belongs to no payment: payouts and fees of the provider, and credit
create index ledger_transactions_stray_idx on ledger_transactions (at) where payment_id is null and kind not in ('sale', 'sale-reversed');

create table ledger_entries (
  id bigint generated always as identity,
  transaction_id uuid not null,
  account text not null,
  -- whose, for store credit
  customer_id uuid,
  amount bigint not null,
  currency char(3) not null default 'AED',
  constraint ledger_entries_pkey primary key (id),
  constraint ledger_entries_transaction_fkey foreign key (transaction_id) references ledger_transactions (id),
  constraint ledger_entries_account_check check (account in (
    'customer', 'sales', 'vat', 'store-credit', 'clearing:stripe', 'clearing:tabby', 'clearing:tamara', 'cash',
    'fees', 'bank', 'rounding', 'disputes', 'goodwill', 'suspense')),
  constraint ledger_entries_credit_check check ((account = 'store-credit') = (customer_id is not null)),
  constraint ledger_entries_amount_check check (amount <> 0)
);
create index ledger_entries_transaction_idx on ledger_entries (transaction_id);
create index ledger_entries_customer_idx on ledger_entries (customer_id, id) where customer_id is not null;

-- All entries of a transaction are written by one statement, so what that statement wrote must add up.
create function ledger_entries_balance() returns trigger language plpgsql as $$
begin
  if exists (select from posted group by transaction_id, currency having sum(amount) <> 0) then
    raise exception 'a ledger transaction does not add up to zero' using errcode = 'check_violation', constraint = 'ledger_entries_balance';
  end if;
  return null;
end $$;
create trigger ledger_entries_balance after insert on ledger_entries
  referencing new table as posted for each statement execute function ledger_entries_balance();

create table store_credit_accounts (
  customer_id uuid not null,
  balance_amount bigint not null,
  updated_at timestamptz not null,
  constraint store_credit_accounts_pkey primary key (customer_id),
  constraint store_credit_accounts_customer_fkey foreign key (customer_id) references accounts (id),
  constraint store_credit_accounts_balance_check check (balance_amount >= 0)
);
alter table store_credit_accounts enable row level security;
create policy own_store_credit on store_credit_accounts to dhow_customer using (customer_id = current_account_id());
grant select on store_credit_accounts to dhow_customer;
-- The movements of one's own credit; what a customer gains is the shop's debt, so the sign turns.
create view own_store_credit_entries with (security_barrier = true) as
select entry.id, entry.customer_id, -entry.amount as amount, moved.kind, moved.at, placed.number as order_number
from ledger_entries entry join ledger_transactions moved on moved.id = entry.transaction_id left join orders placed on placed.id = moved.order_id
where entry.customer_id = current_account_id();
grant select on own_store_credit_entries to dhow_customer;

-- A customer as the provider of saved cards knows them.
create table payment_customers (
  account_id uuid not null,
  provider text not null,
  provider_ref text not null,
  created_at timestamptz not null,
  constraint payment_customers_pkey primary key (account_id, provider),
  constraint payment_customers_ref_key unique (provider, provider_ref),
  constraint payment_customers_account_fkey foreign key (account_id) references accounts (id)
);
alter table payment_customers enable row level security;
create policy own_payment_customers on payment_customers to dhow_customer using (account_id = current_account_id());
grant select on payment_customers to dhow_customer;

-- What the provider's own books say moved: charges, refunds, fees, disputes, payouts.
create table provider_transactions (
  provider text not null,
  provider_ref text not null,
  kind text not null,
  -- signed, before the fee
  amount bigint not null,
  fee_amount bigint not null,
  currency char(3) not null,
  -- what it is about there: a charge, a refund, a payout
  source_ref text,
  payment_id uuid,
  payout_ref text,
  occurred_at timestamptz not null,
  imported_at timestamptz not null,
  constraint provider_transactions_pkey primary key (provider, provider_ref),
  constraint provider_transactions_payment_fkey foreign key (payment_id) references payments (id)
);
create index provider_transactions_at_idx on provider_transactions (provider, occurred_at);
create index provider_transactions_payout_idx on provider_transactions (provider, source_ref) where kind in ('payout', 'payout-failed');
create index provider_transactions_payment_idx on provider_transactions (payment_id) where payment_id is not null;

create table payouts (
  id uuid not null,
  provider text not null,
  provider_ref text not null,
  state text not null,
  amount bigint not null,
  currency char(3) not null,
  arrives_on date,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint payouts_pkey primary key (id),
  constraint payouts_ref_key unique (provider, provider_ref),
  constraint payouts_state_check check (state in ('pending', 'in-transit', 'paid', 'failed', 'cancelled'))
);

-- Cash on delivery, from promise to bank.
create table cod_collections (
  payment_id uuid not null,
  order_id uuid not null,
  state text not null,
  due_amount bigint not null,
  -- what the courier took at the door
  collected_amount bigint,
  -- six digits the shopper gives the courier, sealed; wrong tries are counted
  delivery_code_sealed bytea,
  delivery_code_tries integer not null default 0,
  -- keyed blind index of the phone, for open orders and refusals
  phone_index bytea,
  customer_id uuid,
  courier text,
  remittance_id uuid,
  remitted_amount bigint,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  collected_at timestamptz,
  collected_by uuid,
  refused_at timestamptz,
  refusal_reason text,
  -- what was refused has come back from the courier and is on the shelf again
  goods_back_at timestamptz,
  -- a person has said that the refusal does not count against the shopper
  forgiven_at timestamptz,
  constraint cod_collections_pkey primary key (payment_id),
  constraint cod_collections_payment_fkey foreign key (payment_id) references payments (id),
  constraint cod_collections_order_fkey foreign key (order_id) references orders (id),
  constraint cod_collections_state_check check (state in ('pending', 'collected', 'remitted', 'reconciled', 'refused', 'cancelled')),
  constraint cod_collections_collected_check check ((collected_at is not null) = (state in ('collected', 'remitted', 'reconciled'))),
  constraint cod_collections_refused_check check ((state = 'refused') = (refused_at is not null)),
  constraint cod_collections_goods_check check (state = 'refused' or (goods_back_at is null and forgiven_at is null)),
  constraint cod_collections_amount_check check (due_amount > 0 and collected_amount >= 0 and remitted_amount >= 0)
);
create index cod_collections_phone_idx on cod_collections (phone_index, state);
create index cod_collections_customer_idx on cod_collections (customer_id, state) where customer_id is not null;
create index cod_collections_state_idx on cod_collections (state, created_at);
create unique index cod_collections_order_idx on cod_collections (order_id) where state not in ('refused', 'cancelled');
-- Every order paid in cash, with where its cash is: what staff see, and what a courier's file is held against.
create view cash_orders as
select payment.id as payment_id, placed.id as order_id, placed.number, placed.emirate, placed.placed_at, placed.customer_id, placed.phone_index,
  placed.data_key, placed.state as order_state, placed.deadline_at, payment.state as payment_state, payment.amount as due_amount,
  cash.state as cash_state, cash.collected_amount, cash.remitted_amount, cash.courier, cash.delivery_code_sealed, cash.delivery_code_tries,
  cash.created_at as promised_at, cash.collected_at, cash.refused_at, cash.refusal_reason, cash.goods_back_at, cash.forgiven_at
from payments payment
  join orders placed on placed.id = payment.order_id
  left join cod_collections cash on cash.payment_id = payment.id
where payment.provider = 'cod' and payment.superseded_at is null;
-- What the order itself shows of its cash.
create view order_cash with (security_invoker = true) as
select payment_id, order_id, state, delivery_code_sealed from cod_collections;
grant select on order_cash to dhow_customer;
-- Orders whose cash has been promised, or is about to be, and not been brought: a phone may have only so many.
create view open_cash_orders as
select placed.id as order_id, placed.customer_id, placed.phone_index
from orders placed join payments payment on payment.order_id = placed.id and payment.superseded_at is null
where payment.provider = 'cod' and payment.state in ('pending', 'requires-action', 'authorised') and placed.state <> 'cancelled';
create index orders_phone_idx on orders (phone_index) where state <> 'cancelled';
-- Whoever calls an order off, nobody waits at its door for cash any more.
create function payments_call_off_cash() returns trigger language plpgsql as $$
begin
  update cod_collections set state = 'cancelled', delivery_code_sealed = null, updated_at = new.updated_at
  where payment_id = new.id and state = 'pending';
  return null;
end $$;
create trigger payments_call_off_cash after update of state on payments
  for each row when (new.provider = 'cod' and new.state = 'cancelled') execute function payments_call_off_cash();
alter table cod_collections enable row level security;
create policy own_cod_collections on cod_collections to dhow_customer
  using (exists (select from orders placed where placed.id = order_id and placed.customer_id = current_account_id() offset 0));
grant select (payment_id, order_id, state, due_amount, delivery_code_sealed) on cod_collections to dhow_customer;

create table cod_remittances (
  id uuid not null,
  courier text not null,
  -- the courier's own name for the transfer
  reference text not null,
  -- SHA-256 of the file: the same file again is the same import
  file_hash bytea not null,
  row_count integer not null,
  collected_amount bigint not null,
  fee_amount bigint not null,
  remitted_amount bigint not null,
  -- what should have come and did not, or came too much
  variance_amount bigint not null,
  imported_by uuid,
  imported_at timestamptz not null,
  constraint cod_remittances_pkey primary key (id),
  constraint cod_remittances_file_key unique (file_hash)
);
create table cod_remittance_rows (
  remittance_id uuid not null,
  line integer not null,
  order_number text not null,
  collected_amount bigint not null,
  fee_amount bigint not null,
  remitted_amount bigint not null,
  outcome text not null,
  payment_id uuid,
  expected_amount bigint,
  resolved_at timestamptz,
  resolved_by uuid,
  note text,
  constraint cod_remittance_rows_pkey primary key (remittance_id, line),
  constraint cod_remittance_rows_remittance_fkey foreign key (remittance_id) references cod_remittances (id),
  constraint cod_remittance_rows_payment_fkey foreign key (payment_id) references payments (id),
  constraint cod_remittance_rows_outcome_check check (outcome in ('matched', 'amount-differs', 'fee-differs', 'unknown-order', 'duplicate', 'not-collected'))
);
create index cod_remittance_rows_open_idx on cod_remittance_rows (remittance_id) where outcome <> 'matched' and resolved_at is null;

-- What became of a webhook after it was stored.
alter table webhook_events
  add column state text not null default 'stored',
  -- what it is about: a payment, a dispute, a payout, or nothing we ask about
  add column topic text not null default 'other',
  add column order_ref text,
  add column delivery_count integer not null default 1,
  add column attempt_count integer not null default 0,
  add column failure_reason text,
  add column handled_at timestamptz,
  add constraint webhook_events_state_check check (state in ('stored', 'handled', 'failed', 'ignored')),
  add constraint webhook_events_topic_check check (topic in ('payment', 'dispute', 'fraud-warning', 'payout', 'other'));
-- Those of an earlier release named a payment or nothing, and their jobs are done.
update webhook_events set topic = 'payment', state = 'handled' where object_ref is not null;
update webhook_events set state = 'ignored' where object_ref is null;
create index webhook_events_newest_idx on webhook_events (received_at desc, provider, event_id);
drop index webhook_events_received_at_idx; -- the one above serves as well

create table reconciliation_runs (
  id uuid not null,
  provider text not null,
  kind text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  state text not null,
  compared_count integer not null default 0,
  difference_count integer not null default 0,
  healed_count integer not null default 0,
  failure_reason text,
  -- sums of what was compared, ours and theirs
  totals jsonb,
  started_at timestamptz not null,
  finished_at timestamptz,
  constraint reconciliation_runs_pkey primary key (id),
  constraint reconciliation_runs_kind_check check (kind in ('open', 'recent', 'nightly', 'manual')),
  constraint reconciliation_runs_state_check check (state in ('running', 'finished', 'failed'))
);
create index reconciliation_runs_newest_idx on reconciliation_runs (started_at desc, id);

-- Where the provider's books and ours differ: a task for a person until it is healed or somebody says why it may stay.
create table reconciliation_differences (
  id uuid not null,
  run_id uuid not null,
  provider text not null,
  class text not null,
  provider_ref text not null,
  payment_id uuid,
  order_id uuid,
  -- amounts, states and ids; never personal data
  ours jsonb not null,
  theirs jsonb not null,
  state text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by uuid,
  note text,
  constraint reconciliation_differences_pkey primary key (id),
  constraint reconciliation_differences_run_fkey foreign key (run_id) references reconciliation_runs (id),
  constraint reconciliation_differences_class_check
    check (class in ('missing-here', 'missing-there', 'amount', 'state', 'currency', 'duplicate', 'fee', 'payout', 'ledger')),
  constraint reconciliation_differences_state_check check (state in ('open', 'healed', 'resolved'))
);
create unique index reconciliation_differences_open_key on reconciliation_differences (provider, class, provider_ref) where state = 'open';
create index reconciliation_differences_run_idx on reconciliation_differences (run_id);
create index reconciliation_differences_newest_idx on reconciliation_differences (last_seen_at desc, id);

-- What reconciliation holds against others: an attempt, and what the ledger has booked of it between shopper and bank.
create view payment_books as
select payment.id as payment_id, payment.order_id, payment.provider, payment.provider_ref, payment.session_ref, payment.redirect_url,
  payment.state, payment.currency, payment.amount, payment.authorised_amount, payment.captured_amount, payment.refunded_amount,
  payment.fee_amount, payment.held_reason, payment.superseded_at, payment.created_at, payment.updated_at, payment.capture_before,
  booked.taken_amount as booked_amount, booked.kept_amount as booked_fee_amount
from payments payment cross join lateral (
  select coalesce(sum(entry.amount) filter (where moved.kind not in ('fee', 'dispute', 'remittance')), 0)::bigint as taken_amount,
    coalesce(-sum(entry.amount) filter (where moved.kind = 'fee'), 0)::bigint as kept_amount
  from ledger_transactions moved join ledger_entries entry on entry.transaction_id = moved.id
  where moved.order_id = payment.order_id and moved.payment_id = payment.id
    and entry.account = case payment.provider when 'cod' then 'cash' else 'clearing:' || payment.provider end) booked;

-- What is still owed on an order by the ledger, how many of its attempts keep money, and whether all of it is over.
create view order_books as
select placed.id as order_id, placed.number, placed.state,
  (select coalesce(sum(entry.amount), 0)::bigint from ledger_transactions moved join ledger_entries entry on entry.transaction_id = moved.id
    where moved.order_id = placed.id and entry.account = 'customer') as owed_amount,
  (select count(*)::integer from payments where order_id = placed.id and captured_amount > refunded_amount) as paying_count,
  placed.state in ('confirmed', 'cancelled')
    and not exists (select from payments where order_id = placed.id
      and (held_reason is not null or state not in ('captured', 'cancelled') and not (state = 'failed' and superseded_at is not null)))
    and not exists (select from refunds where order_id = placed.id and state not in ('succeeded', 'failed')) as is_over
from orders placed;

-- A customer's credit as their account has it, and as the ledger has it.
create view credit_books as
select coalesce(account.customer_id, booked.customer_id) as customer_id, coalesce(account.balance_amount, 0) as balance_amount,
  coalesce(booked.amount, 0) as booked_amount
from store_credit_accounts account full join
  (select customer_id, -sum(amount)::bigint as amount from ledger_entries where account = 'store-credit' and customer_id is not null group by customer_id) booked
  on booked.customer_id = account.customer_id;

-- The ledger's lines between a provider and our bank.
create view clearing_entries as
select entry.id, entry.account, entry.amount, moved.id as transaction_id, moved.kind, moved.source, moved.payment_id, moved.at
from ledger_entries entry join ledger_transactions moved on moved.id = entry.transaction_id
where entry.account like 'clearing:%' or entry.account = 'cash';

alter table refunds enable row level security;
create policy own_refunds on refunds to dhow_customer
  using (exists (select from orders placed where placed.id = order_id and placed.customer_id = current_account_id() offset 0));
grant select (id, order_id, destination, state, amount, created_at, succeeded_at) on refunds to dhow_customer;

-- The code for the courier goes to the shopper's phone.
alter table notifications drop constraint notifications_channel_check;
alter table notifications add constraint notifications_channel_check check (channel in ('email', 'sms'));

-- A code also confirms an order that is paid in cash.
alter table otp_challenges drop constraint otp_challenges_purpose_check;
alter table otp_challenges add constraint otp_challenges_purpose_check
  check (purpose in ('sign-in', 'change-phone', 'confirm-identity', 'confirm-order'));

-- A confirmed order that is called off before its money was taken puts its goods back on the shelf.
alter table stock_movements drop constraint stock_movements_kind_check;
alter table stock_movements add constraint stock_movements_kind_check
  check (kind in ('count', 'receipt', 'adjustment', 'reserve', 'release', 'sale', 'restock'));

-- What a provider of instalments asks of the goods: the words of the order, and the category they stand in today.
create view purchase_items as
select line.order_id, line.position, line.sku, line.name_en, line.name_ar, category.name_en as category, line.quantity,
  line.unit_price_amount, line.total_amount, line.vat_amount, line.picture_key, line.slug_en, line.slug_ar
from order_lines line join products product on product.id = line.product_id join categories category on category.id = product.category_id;
-- What of its refunds an order shows.
create view order_refunds with (security_invoker = true) as
select id, order_id, amount, destination, state, created_at from refunds;
grant select on order_refunds to dhow_customer;

-- What requests have done, written in the transaction that did it: one that is repeated after its answer was lost does nothing more.
create table done_requests (
  -- made of endpoint, person and Idempotency-Key
  id uuid not null,
  done_at timestamptz not null,
  constraint done_requests_pkey primary key (id)
);
create index done_requests_done_at_idx on done_requests (done_at);
