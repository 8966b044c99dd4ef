-- What all migrations come to, so that a review sees the effect. Nothing runs this file.
-- Written by: npm run db:dump-schema

create extension pg_trgm;

CREATE OR REPLACE FUNCTION public.audit_append(fields jsonb)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  event audit_events;
begin
  perform pg_advisory_xact_lock(4711, 1);
  select coalesce(max(seq), 0) + 1 into event.seq from audit_events;
  select coalesce((select hash from audit_events where seq = event.seq - 1), decode(repeat('00', 32), 'hex')) into event.prev_hash;
  event.at := date_trunc('milliseconds', (fields->>'at')::timestamptz);
  event.actor_kind := fields->>'actorKind';
  event.actor_id := (fields->>'actorId')::uuid;
  event.session_id := (fields->>'sessionId')::uuid;
  event.network := fields->>'network';
  event.action := fields->>'action';
  event.object_type := fields->>'objectType';
  event.object_id := fields->>'objectId';
  event.reason := fields->>'reason';
  event.result := fields->>'result';
  event.details := coalesce(fields->'details', '{}');
  event.request_id := fields->>'requestId';
  event.hash := sha256(event.prev_hash || convert_to(audit_body(event), 'UTF8'));
  insert into audit_events select event.*;
  return event.seq;
end
$function$;

CREATE OR REPLACE FUNCTION public.audit_body(event audit_events)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
 SET "TimeZone" TO 'UTC'
AS $function$
  select concat_ws(chr(31), event.seq::text, to_char(event.at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), event.actor_kind,
    coalesce(event.actor_id::text, '\N'), coalesce(event.session_id::text, '\N'), coalesce(event.network, '\N'), event.action,
    coalesce(event.object_type, '\N'), coalesce(event.object_id, '\N'), coalesce(event.reason, '\N'), event.result,
    event.details::text, coalesce(event.request_id, '\N'))
$function$;

CREATE OR REPLACE FUNCTION public.audit_refuse()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only', tg_table_name;
end
$function$;

CREATE OR REPLACE FUNCTION public.current_account_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select nullif(current_setting('app.account_id', true), '')::uuid
$function$;

CREATE OR REPLACE FUNCTION public.keep_approval()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if (new.id, new.action, new.subject, new.reason, new.requested_by, new.requested_at, new.expires_at)
    is distinct from (old.id, old.action, old.subject, old.reason, old.requested_by, old.requested_at, old.expires_at)
  then raise exception 'what was asked for cannot change'; end if;
  if old.state <> 'pending' then raise exception 'approval % has been decided', old.id; end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION public.ledger_entries_balance()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from posted group by transaction_id, currency having sum(amount) <> 0) then
    raise exception 'a ledger transaction does not add up to zero' using errcode = 'check_violation', constraint = 'ledger_entries_balance';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.payments_call_off_cash()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update cod_collections set state = 'cancelled', delivery_code_sealed = null, updated_at = new.updated_at
  where payment_id = new.id and state = 'pending';
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.payments_held_before_taken()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.authorised_amount := greatest(new.authorised_amount, new.captured_amount);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_consent_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'customer_consents is append-only: % refused', tg_op using errcode = 'insufficient_privilege';
end
$function$;

create table account_messages (
  id uuid not null,
  account_id uuid,
  kind text not null,
  channel text not null,
  locale text not null,
  content_sealed bytea not null,
  link_id uuid,
  state text not null,
  attempts integer default 0 not null,
  provider_ref text,
  created_at timestamp with time zone not null,
  sending_since timestamp with time zone,
  sent_at timestamp with time zone,
  constraint account_messages_pkey PRIMARY KEY (id),
  constraint account_messages_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  constraint account_messages_link_fkey FOREIGN KEY (link_id) REFERENCES one_time_links(id) ON DELETE SET NULL,
  constraint account_messages_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text]))),
  constraint account_messages_sending_check CHECK (((state <> 'sending'::text) OR (sending_since IS NOT NULL))),
  constraint account_messages_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'delivered'::text, 'undelivered'::text, 'refused'::text])))
);

create table accounts (
  id uuid not null,
  kind text not null,
  status text not null,
  data_key bytea,
  name_sealed bytea,
  phone_sealed bytea,
  phone_index bytea,
  phone_verified_at timestamp with time zone,
  email_sealed bytea,
  email_index bytea,
  email_verified_at timestamp with time zone,
  locale text not null,
  failure_count integer default 0 not null,
  last_failure_at timestamp with time zone,
  last_sign_in_at timestamp with time zone,
  disabled_at timestamp with time zone,
  disabled_reason text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint accounts_pkey PRIMARY KEY (id),
  constraint accounts_email_key UNIQUE (kind, email_index),
  constraint accounts_phone_key UNIQUE (kind, phone_index),
  constraint accounts_email_check CHECK (((email_sealed IS NULL) = (email_index IS NULL))),
  constraint accounts_erased_check CHECK (((status = 'erased'::text) OR (data_key IS NOT NULL))),
  constraint accounts_kind_check CHECK ((kind = ANY (ARRAY['customer'::text, 'staff'::text]))),
  constraint accounts_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'ar'::text]))),
  constraint accounts_phone_check CHECK (((phone_sealed IS NULL) = (phone_index IS NULL))),
  constraint accounts_status_check CHECK ((status = ANY (ARRAY['invited'::text, 'active'::text, 'disabled'::text, 'erased'::text])))
);

create table approvals (
  id uuid not null,
  action text not null,
  subject jsonb not null,
  reason text not null,
  state text not null,
  requested_by uuid not null,
  requested_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  constraint approvals_pkey PRIMARY KEY (id),
  constraint approvals_decider_fkey FOREIGN KEY (decided_by) REFERENCES accounts(id),
  constraint approvals_requester_fkey FOREIGN KEY (requested_by) REFERENCES accounts(id),
  constraint approvals_decided_check CHECK (((state = 'pending'::text) = (decided_by IS NULL))),
  constraint approvals_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text]))),
  constraint approvals_two_people_check CHECK (((state <> 'approved'::text) OR (decided_by <> requested_by)))
);

create table audit_events (
  seq bigint not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id uuid,
  session_id uuid,
  network text,
  action text not null,
  object_type text,
  object_id text,
  reason text,
  result text not null,
  details jsonb default '{}'::jsonb not null,
  request_id text,
  prev_hash bytea not null,
  hash bytea not null,
  constraint audit_events_pkey PRIMARY KEY (seq),
  constraint audit_events_actor_check CHECK ((actor_kind = ANY (ARRAY['anonymous'::text, 'customer'::text, 'staff'::text, 'system'::text]))),
  constraint audit_events_result_check CHECK ((result = ANY (ARRAY['ok'::text, 'refused'::text, 'failed'::text])))
);

create table audit_heads (
  seq bigint not null,
  hash bytea not null,
  at timestamp with time zone not null,
  kid text not null,
  signature bytea not null,
  constraint audit_heads_pkey PRIMARY KEY (seq)
);

create table auth_challenges (
  id uuid not null,
  purpose text not null,
  audience text not null,
  account_id uuid,
  session_id uuid,
  challenge text,
  passkey_id uuid,
  amr text[] default '{}'::text[] not null,
  device_id text,
  try_count integer default 0 not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint auth_challenges_pkey PRIMARY KEY (id),
  constraint auth_challenges_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  constraint auth_challenges_audience_check CHECK ((audience = ANY (ARRAY['shop-api'::text, 'admin-api'::text]))),
  constraint auth_challenges_purpose_check CHECK ((purpose = ANY (ARRAY['second-factor'::text, 'passkey-sign-in'::text, 'passkey-second-factor'::text, 'passkey-enrol'::text, 'passkey-confirm'::text])))
);

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

create table captures (
  id uuid not null,
  payment_id uuid not null,
  amount bigint not null,
  is_final boolean not null,
  state text not null,
  provider_ref text,
  shipment jsonb,
  requested_by uuid,
  failure_reason text,
  try_count integer default 0 not null,
  next_try_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint captures_pkey PRIMARY KEY (id),
  constraint captures_payment_fkey FOREIGN KEY (payment_id) REFERENCES payments(id),
  constraint captures_amount_check CHECK ((amount > 0)),
  constraint captures_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'succeeded'::text, 'failed'::text])))
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
  customer_id uuid,
  key_sealed bytea,
  constraint carts_pkey PRIMARY KEY (id),
  constraint carts_key_hash_key UNIQUE (key_hash),
  constraint carts_customer_fkey FOREIGN KEY (customer_id) REFERENCES accounts(id),
  constraint carts_address_check CHECK (((address_sealed IS NULL) = (emirate IS NULL))),
  constraint carts_customer_check CHECK (((customer_id IS NULL) OR (key_sealed IS NOT NULL))),
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

create table cod_collections (
  payment_id uuid not null,
  order_id uuid not null,
  state text not null,
  due_amount bigint not null,
  collected_amount bigint,
  delivery_code_sealed bytea,
  delivery_code_tries integer default 0 not null,
  phone_index bytea,
  customer_id uuid,
  courier text,
  remittance_id uuid,
  remitted_amount bigint,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  collected_at timestamp with time zone,
  collected_by uuid,
  refused_at timestamp with time zone,
  refusal_reason text,
  goods_back_at timestamp with time zone,
  forgiven_at timestamp with time zone,
  constraint cod_collections_pkey PRIMARY KEY (payment_id),
  constraint cod_collections_order_fkey FOREIGN KEY (order_id) REFERENCES orders(id),
  constraint cod_collections_payment_fkey FOREIGN KEY (payment_id) REFERENCES payments(id),
  constraint cod_collections_amount_check CHECK (((due_amount > 0) AND (collected_amount >= 0) AND (remitted_amount >= 0))),
  constraint cod_collections_collected_check CHECK (((collected_at IS NOT NULL) = (state = ANY (ARRAY['collected'::text, 'remitted'::text, 'reconciled'::text])))),
  constraint cod_collections_goods_check CHECK (((state = 'refused'::text) OR ((goods_back_at IS NULL) AND (forgiven_at IS NULL)))),
  constraint cod_collections_refused_check CHECK (((state = 'refused'::text) = (refused_at IS NOT NULL))),
  constraint cod_collections_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'collected'::text, 'remitted'::text, 'reconciled'::text, 'refused'::text, 'cancelled'::text])))
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
  resolved_at timestamp with time zone,
  resolved_by uuid,
  note text,
  constraint cod_remittance_rows_pkey PRIMARY KEY (remittance_id, line),
  constraint cod_remittance_rows_payment_fkey FOREIGN KEY (payment_id) REFERENCES payments(id),
  constraint cod_remittance_rows_remittance_fkey FOREIGN KEY (remittance_id) REFERENCES cod_remittances(id),
  constraint cod_remittance_rows_outcome_check CHECK ((outcome = ANY (ARRAY['matched'::text, 'amount-differs'::text, 'fee-differs'::text, 'unknown-order'::text, 'duplicate'::text, 'not-collected'::text])))
);

create table cod_remittances (
  id uuid not null,
  courier text not null,
  reference text not null,
  file_hash bytea not null,
  row_count integer not null,
  collected_amount bigint not null,
  fee_amount bigint not null,
  remitted_amount bigint not null,
  variance_amount bigint not null,
  imported_by uuid,
  imported_at timestamp with time zone not null,
  constraint cod_remittances_pkey PRIMARY KEY (id),
  constraint cod_remittances_file_key UNIQUE (file_hash)
);

create table customer_addresses (
  id uuid not null,
  account_id uuid not null,
  address_sealed bytea not null,
  is_default boolean not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint customer_addresses_pkey PRIMARY KEY (id),
  constraint customer_addresses_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
);

create table customer_consents (
  id bigint generated always as identity,
  account_id uuid not null,
  channel text not null,
  purpose text not null,
  is_granted boolean not null,
  wording_version text not null,
  locale text not null,
  source text not null,
  network text not null,
  at timestamp with time zone not null,
  constraint customer_consents_pkey PRIMARY KEY (id),
  constraint customer_consents_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id),
  constraint customer_consents_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'whatsapp'::text, 'push'::text, 'phone'::text]))),
  constraint customer_consents_purpose_check CHECK ((purpose = 'marketing'::text))
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

create table disputes (
  id uuid not null,
  payment_id uuid not null,
  provider text not null,
  provider_ref text not null,
  state text not null,
  reason text not null,
  amount bigint not null,
  currency character(3) not null,
  due_at timestamp with time zone,
  has_evidence boolean default false not null,
  is_refundable boolean default true not null,
  withdrawn_amount bigint default 0 not null,
  fee_amount bigint default 0 not null,
  alarm_level smallint default 0 not null,
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  updated_at timestamp with time zone not null,
  constraint disputes_pkey PRIMARY KEY (id),
  constraint disputes_ref_key UNIQUE (provider, provider_ref),
  constraint disputes_payment_fkey FOREIGN KEY (payment_id) REFERENCES payments(id),
  constraint disputes_amount_check CHECK (((amount > 0) AND (withdrawn_amount >= 0) AND (fee_amount >= 0))),
  constraint disputes_state_check CHECK ((state = ANY (ARRAY['inquiry'::text, 'needs-response'::text, 'under-review'::text, 'won'::text, 'lost'::text, 'closed'::text])))
);

create table done_requests (
  id uuid not null,
  done_at timestamp with time zone not null,
  constraint done_requests_pkey PRIMARY KEY (id)
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

create table fraud_warnings (
  provider text not null,
  provider_ref text not null,
  payment_id uuid not null,
  kind text not null,
  is_actionable boolean not null,
  warned_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint fraud_warnings_pkey PRIMARY KEY (provider, provider_ref),
  constraint fraud_warnings_payment_fkey FOREIGN KEY (payment_id) REFERENCES payments(id)
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

create table ledger_entries (
  id bigint generated always as identity,
  transaction_id uuid not null,
  account text not null,
  customer_id uuid,
  amount bigint not null,
  currency character(3) default 'AED'::bpchar not null,
  constraint ledger_entries_pkey PRIMARY KEY (id),
  constraint ledger_entries_transaction_fkey FOREIGN KEY (transaction_id) REFERENCES ledger_transactions(id),
  constraint ledger_entries_account_check CHECK ((account = ANY (ARRAY['customer'::text, 'sales'::text, 'vat'::text, 'store-credit'::text, 'clearing:stripe'::text, 'clearing:tabby'::text, 'clearing:tamara'::text, 'cash'::text, 'fees'::text, 'bank'::text, 'rounding'::text, 'disputes'::text, 'goodwill'::text, 'suspense'::text]))),
  constraint ledger_entries_amount_check CHECK ((amount <> 0)),
  constraint ledger_entries_credit_check CHECK (((account = 'store-credit'::text) = (customer_id IS NOT NULL)))
);

create table ledger_transactions (
  id uuid not null,
  kind text not null,
  source text not null,
  order_id uuid,
  payment_id uuid,
  at timestamp with time zone not null,
  constraint ledger_transactions_pkey PRIMARY KEY (id),
  constraint ledger_transactions_source_key UNIQUE (source)
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
  constraint notifications_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text]))),
  constraint notifications_sending_check CHECK (((state <> 'sending'::text) OR (sending_since IS NOT NULL))),
  constraint notifications_sent_check CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL))),
  constraint notifications_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'refused'::text])))
);

create table one_time_links (
  id uuid not null,
  purpose text not null,
  account_id uuid,
  token_hash bytea not null,
  data_sealed bytea,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint one_time_links_pkey PRIMARY KEY (id),
  constraint one_time_links_token_key UNIQUE (token_hash),
  constraint one_time_links_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  constraint one_time_links_purpose_check CHECK ((purpose = ANY (ARRAY['register'::text, 'reset-password'::text, 'change-email'::text, 'undo-change'::text, 'staff-invite'::text])))
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
  customer_id uuid,
  payment_fee_amount bigint default 0 not null,
  payment_fee_vat_amount bigint default 0 not null,
  store_credit_amount bigint default 0 not null,
  rounding_amount integer default 0 not null,
  refunded_delivery_amount bigint default 0 not null,
  refunded_payment_fee_amount bigint default 0 not null,
  refunded_delivery_vat_amount bigint default 0 not null,
  refunded_payment_fee_vat_amount bigint default 0 not null,
  constraint orders_pkey PRIMARY KEY (id),
  constraint orders_number_key UNIQUE (number),
  constraint orders_customer_fkey FOREIGN KEY (customer_id) REFERENCES accounts(id),
  constraint orders_cancelled_check CHECK (((state <> 'cancelled'::text) OR (cancelled_at IS NOT NULL))),
  constraint orders_confirmed_check CHECK (((state <> 'confirmed'::text) OR (confirmed_at IS NOT NULL))),
  constraint orders_credit_check CHECK (((store_credit_amount >= 0) AND (store_credit_amount <= grand_total_amount))),
  constraint orders_deadline_check CHECK (((state = 'awaiting-payment'::text) = (deadline_at IS NOT NULL))),
  constraint orders_refunded_check CHECK ((((refunded_delivery_amount >= 0) AND (refunded_delivery_amount <= delivery_amount)) AND ((refunded_payment_fee_amount >= 0) AND (refunded_payment_fee_amount <= payment_fee_amount)) AND ((refunded_delivery_vat_amount >= 0) AND (refunded_delivery_vat_amount <= delivery_vat_amount)) AND ((refunded_payment_fee_vat_amount >= 0) AND (refunded_payment_fee_vat_amount <= payment_fee_vat_amount)))),
  constraint orders_rounding_check CHECK (((rounding_amount >= '-24'::integer) AND (rounding_amount <= 24))),
  constraint orders_state_check CHECK ((state = ANY (ARRAY['awaiting-payment'::text, 'confirmed'::text, 'cancelled'::text]))),
  constraint orders_total_check CHECK (((grand_total_amount = ((subtotal_amount + delivery_amount) + payment_fee_amount)) AND (subtotal_amount > 0) AND (delivery_amount >= 0) AND (payment_fee_amount >= 0))),
  constraint orders_vat_check CHECK (((vat_amount >= (delivery_vat_amount + payment_fee_vat_amount)) AND (delivery_vat_amount >= 0) AND ((payment_fee_vat_amount >= 0) AND (payment_fee_vat_amount <= payment_fee_amount))))
);

create table otp_blocks (
  subject text not null,
  reason text not null,
  blocked_until timestamp with time zone not null,
  constraint otp_blocks_pkey PRIMARY KEY (subject)
);

create table otp_challenges (
  id uuid not null,
  purpose text not null,
  account_id uuid,
  phone_index bytea not null,
  phone_sealed bytea not null,
  device_id text,
  provider_ref text,
  is_open_at_provider boolean not null,
  state text not null,
  try_count integer default 0 not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint otp_challenges_pkey PRIMARY KEY (id),
  constraint otp_challenges_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  constraint otp_challenges_purpose_check CHECK ((purpose = ANY (ARRAY['sign-in'::text, 'change-phone'::text, 'confirm-identity'::text, 'confirm-order'::text]))),
  constraint otp_challenges_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'verified'::text, 'dead'::text])))
);

create table otp_proofs (
  hash bytea not null,
  expires_at timestamp with time zone not null,
  constraint otp_proofs_pkey PRIMARY KEY (hash)
);

create table otp_sends (
  id bigint generated always as identity,
  challenge_id uuid not null,
  country character(2) not null,
  phone_index bytea not null,
  prefix_index bytea not null,
  ip_index bytea not null,
  network_index bytea not null,
  device_index bytea,
  account_id uuid,
  cost_fils integer not null,
  is_sent boolean default true not null,
  at timestamp with time zone not null,
  verified_at timestamp with time zone,
  constraint otp_sends_pkey PRIMARY KEY (id)
);

create table passkeys (
  id uuid not null,
  account_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] default '{}'::text[] not null,
  name text not null,
  is_backed_up boolean not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint passkeys_pkey PRIMARY KEY (id),
  constraint passkeys_credential_key UNIQUE (credential_id),
  constraint passkeys_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
);

create table passwords (
  account_id uuid not null,
  hash text not null,
  changed_at timestamp with time zone not null,
  constraint passwords_pkey PRIMARY KEY (account_id),
  constraint passwords_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  constraint passwords_hash_check CHECK ((hash ~~ '$argon2id$%'::text))
);

create table payment_customers (
  account_id uuid not null,
  provider text not null,
  provider_ref text not null,
  created_at timestamp with time zone not null,
  constraint payment_customers_pkey PRIMARY KEY (account_id, provider),
  constraint payment_customers_ref_key UNIQUE (provider, provider_ref),
  constraint payment_customers_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id)
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
  attempt integer default 1 not null,
  superseded_at timestamp with time zone,
  change_asked_at timestamp with time zone,
  authorise_asked_at timestamp with time zone,
  authorised_amount bigint default 0 not null,
  refund_requested_amount bigint default 0 not null,
  refunded_amount bigint default 0 not null,
  session_ref text,
  redirect_url text,
  expires_at timestamp with time zone,
  provider_state text,
  wallet text,
  authorised_at timestamp with time zone,
  capture_before timestamp with time zone,
  alarm_level smallint default 0 not null,
  fee_amount bigint,
  dismissed_reason text,
  constraint payments_pkey PRIMARY KEY (id),
  constraint payments_attempt_key UNIQUE (order_id, attempt),
  constraint payments_provider_ref_key UNIQUE (provider, provider_ref),
  constraint payments_order_fkey FOREIGN KEY (order_id) REFERENCES orders(id),
  constraint payments_alarm_check CHECK ((alarm_level = ANY (ARRAY[0, 50, 90]))),
  constraint payments_amount_check CHECK (((amount > 0) OR ((amount = 0) AND (provider = 'store-credit'::text)))),
  constraint payments_authorised_check CHECK (((authorised_amount >= 0) AND (authorised_amount <= amount))),
  constraint payments_captured_check CHECK (((state = 'captured'::text) = (captured_at IS NOT NULL))),
  constraint payments_last4_check CHECK (((card_last4 IS NULL) OR (card_last4 ~ '^[0-9]{4}$'::text))),
  constraint payments_method_check CHECK ((method = ANY (ARRAY['card'::text, 'tabby'::text, 'tamara'::text, 'cod'::text, 'store-credit'::text]))),
  constraint payments_provider_check CHECK ((provider = ANY (ARRAY['stripe'::text, 'tabby'::text, 'tamara'::text, 'cod'::text, 'store-credit'::text]))),
  constraint payments_refund_check CHECK (((refunded_amount >= 0) AND (refunded_amount <= refund_requested_amount) AND (refund_requested_amount <= captured_amount))),
  constraint payments_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'requires-action'::text, 'processing'::text, 'authorised'::text, 'captured'::text, 'failed'::text, 'cancelled'::text]))),
  constraint payments_taken_check CHECK (((captured_amount >= 0) AND (captured_amount <= authorised_amount)))
);

create table payouts (
  id uuid not null,
  provider text not null,
  provider_ref text not null,
  state text not null,
  amount bigint not null,
  currency character(3) not null,
  arrives_on date,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint payouts_pkey PRIMARY KEY (id),
  constraint payouts_ref_key UNIQUE (provider, provider_ref),
  constraint payouts_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'in-transit'::text, 'paid'::text, 'failed'::text, 'cancelled'::text])))
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

create table provider_transactions (
  provider text not null,
  provider_ref text not null,
  kind text not null,
  amount bigint not null,
  fee_amount bigint not null,
  currency character(3) not null,
  source_ref text,
  payment_id uuid,
  payout_ref text,
  occurred_at timestamp with time zone not null,
  imported_at timestamp with time zone not null,
  constraint provider_transactions_pkey PRIMARY KEY (provider, provider_ref),
  constraint provider_transactions_payment_fkey FOREIGN KEY (payment_id) REFERENCES payments(id)
);

create table rate_limits (
  key text not null,
  points integer not null,
  expires_at timestamp with time zone not null,
  constraint rate_limits_pkey PRIMARY KEY (key)
);

create table reconciliation_differences (
  id uuid not null,
  run_id uuid not null,
  provider text not null,
  class text not null,
  provider_ref text not null,
  payment_id uuid,
  order_id uuid,
  ours jsonb not null,
  theirs jsonb not null,
  state text not null,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  resolved_at timestamp with time zone,
  resolved_by uuid,
  note text,
  constraint reconciliation_differences_pkey PRIMARY KEY (id),
  constraint reconciliation_differences_run_fkey FOREIGN KEY (run_id) REFERENCES reconciliation_runs(id),
  constraint reconciliation_differences_class_check CHECK ((class = ANY (ARRAY['missing-here'::text, 'missing-there'::text, 'amount'::text, 'state'::text, 'currency'::text, 'duplicate'::text, 'fee'::text, 'payout'::text, 'ledger'::text]))),
  constraint reconciliation_differences_state_check CHECK ((state = ANY (ARRAY['open'::text, 'healed'::text, 'resolved'::text])))
);

create table reconciliation_runs (
  id uuid not null,
  provider text not null,
  kind text not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  state text not null,
  compared_count integer default 0 not null,
  difference_count integer default 0 not null,
  healed_count integer default 0 not null,
  failure_reason text,
  totals jsonb,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint reconciliation_runs_pkey PRIMARY KEY (id),
  constraint reconciliation_runs_kind_check CHECK ((kind = ANY (ARRAY['open'::text, 'recent'::text, 'nightly'::text, 'manual'::text]))),
  constraint reconciliation_runs_state_check CHECK ((state = ANY (ARRAY['running'::text, 'finished'::text, 'failed'::text])))
);

create table recovery_codes (
  id uuid not null,
  account_id uuid not null,
  hash text not null,
  used_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint recovery_codes_pkey PRIMARY KEY (id),
  constraint recovery_codes_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
);

create table refresh_tokens (
  token_hash bytea not null,
  session_id uuid not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  used_by_request text,
  successor_sealed bytea,
  constraint refresh_tokens_pkey PRIMARY KEY (token_hash),
  constraint refresh_tokens_session_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE,
  constraint refresh_tokens_used_check CHECK (((used_at IS NULL) = (used_by_request IS NULL)))
);

create table refund_lines (
  refund_id uuid not null,
  order_line_id uuid not null,
  quantity integer not null,
  amount bigint not null,
  vat_amount bigint not null,
  constraint refund_lines_pkey PRIMARY KEY (refund_id, order_line_id),
  constraint refund_lines_line_fkey FOREIGN KEY (order_line_id) REFERENCES order_lines(id),
  constraint refund_lines_refund_fkey FOREIGN KEY (refund_id) REFERENCES refunds(id),
  constraint refund_lines_amount_check CHECK (((quantity >= 0) AND (amount > 0) AND ((vat_amount >= 0) AND (vat_amount <= amount))))
);

create table refunded_lines (
  order_line_id uuid not null,
  order_id uuid not null,
  sold_quantity integer not null,
  sold_amount bigint not null,
  sold_vat_amount bigint not null,
  quantity integer not null,
  amount bigint not null,
  vat_amount bigint not null,
  constraint refunded_lines_pkey PRIMARY KEY (order_line_id),
  constraint refunded_lines_line_fkey FOREIGN KEY (order_line_id) REFERENCES order_lines(id),
  constraint refunded_lines_order_fkey FOREIGN KEY (order_id) REFERENCES orders(id),
  constraint refunded_lines_amount_check CHECK (((amount >= 0) AND (amount <= sold_amount))),
  constraint refunded_lines_quantity_check CHECK (((quantity >= 0) AND (quantity <= sold_quantity))),
  constraint refunded_lines_vat_check CHECK ((((vat_amount >= 0) AND (vat_amount <= sold_vat_amount)) AND ((amount < sold_amount) OR (vat_amount = sold_vat_amount))))
);

create table refunds (
  id uuid not null,
  order_id uuid not null,
  payment_id uuid,
  destination text not null,
  state text not null,
  amount bigint not null,
  vat_amount bigint not null,
  delivery_amount bigint default 0 not null,
  delivery_vat_amount bigint default 0 not null,
  payment_fee_amount bigint default 0 not null,
  payment_fee_vat_amount bigint default 0 not null,
  other_amount bigint default 0 not null,
  rounding_amount integer default 0 not null,
  is_of_sale boolean default true not null,
  reason text not null,
  is_external boolean default false not null,
  provider_ref text,
  failure_reason text,
  requested_by uuid,
  approval_id uuid,
  customer_id uuid,
  try_count integer default 0 not null,
  next_try_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  succeeded_at timestamp with time zone,
  constraint refunds_pkey PRIMARY KEY (id),
  constraint refunds_order_fkey FOREIGN KEY (order_id) REFERENCES orders(id),
  constraint refunds_payment_fkey FOREIGN KEY (payment_id) REFERENCES payments(id),
  constraint refunds_amount_check CHECK (((amount > 0) AND ((vat_amount >= 0) AND (vat_amount <= amount)) AND (delivery_amount >= 0) AND (payment_fee_amount >= 0) AND (other_amount >= 0) AND ((rounding_amount >= '-24'::integer) AND (rounding_amount <= 0)) AND ((delivery_vat_amount >= 0) AND (delivery_vat_amount <= delivery_amount)) AND ((payment_fee_vat_amount >= 0) AND (payment_fee_vat_amount <= payment_fee_amount)))),
  constraint refunds_destination_check CHECK ((destination = ANY (ARRAY['original'::text, 'store-credit'::text]))),
  constraint refunds_original_check CHECK (((destination = 'store-credit'::text) OR (payment_id IS NOT NULL))),
  constraint refunds_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'pending'::text, 'succeeded'::text, 'failed'::text]))),
  constraint refunds_succeeded_check CHECK (((state <> 'succeeded'::text) OR (succeeded_at IS NOT NULL)))
);

create table roles (
  id uuid not null,
  code text,
  name_en text not null,
  name_ar text not null,
  permissions text[] not null,
  limits jsonb default '{}'::jsonb not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint roles_pkey PRIMARY KEY (id),
  constraint roles_code_key UNIQUE (code)
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

create table security_alerts (
  id uuid not null,
  rule text not null,
  subject text not null,
  severity text not null,
  evidence jsonb not null,
  actions text[] default '{}'::text[] not null,
  state text not null,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  count integer default 1 not null,
  resolved_by uuid,
  resolved_at timestamp with time zone,
  resolution text,
  constraint security_alerts_pkey PRIMARY KEY (id),
  constraint security_alerts_severity_check CHECK ((severity = ANY (ARRAY['warning'::text, 'page'::text]))),
  constraint security_alerts_state_check CHECK ((state = ANY (ARRAY['open'::text, 'resolved'::text])))
);

create table security_measures (
  subject text not null,
  measure text not null,
  alert_id uuid not null,
  until timestamp with time zone not null,
  constraint security_measures_pkey PRIMARY KEY (subject, measure),
  constraint security_measures_alert_fkey FOREIGN KEY (alert_id) REFERENCES security_alerts(id),
  constraint security_measures_measure_check CHECK ((measure = 'slow-sign-in'::text))
);

create table sessions (
  id uuid not null,
  account_id uuid not null,
  audience text not null,
  device_id text,
  device_key_thumbprint text,
  client text not null,
  network text not null,
  country text,
  city text,
  latitude real,
  longitude real,
  amr text[] not null,
  authenticated_at timestamp with time zone not null,
  second_factor_at timestamp with time zone,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  idle_expires_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoked_reason text,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  constraint sessions_audience_check CHECK ((audience = ANY (ARRAY['shop-api'::text, 'admin-api'::text]))),
  constraint sessions_revoked_check CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL)))
);

create table signing_keys (
  kid text not null,
  algorithm text not null,
  public_jwk jsonb not null,
  private_sealed bytea not null,
  created_at timestamp with time zone not null,
  signs_from timestamp with time zone not null,
  retires_at timestamp with time zone,
  constraint signing_keys_pkey PRIMARY KEY (kid),
  constraint signing_keys_algorithm_check CHECK ((algorithm = 'EdDSA'::text))
);

create table staff_roles (
  account_id uuid not null,
  role_id uuid not null,
  granted_by uuid,
  granted_at timestamp with time zone not null,
  constraint staff_roles_pkey PRIMARY KEY (account_id, role_id),
  constraint staff_roles_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  constraint staff_roles_role_fkey FOREIGN KEY (role_id) REFERENCES roles(id)
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
  constraint stock_movements_kind_check CHECK ((kind = ANY (ARRAY['count'::text, 'receipt'::text, 'adjustment'::text, 'reserve'::text, 'release'::text, 'sale'::text, 'restock'::text])))
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

create table store_credit_accounts (
  customer_id uuid not null,
  balance_amount bigint not null,
  updated_at timestamp with time zone not null,
  constraint store_credit_accounts_pkey PRIMARY KEY (customer_id),
  constraint store_credit_accounts_customer_fkey FOREIGN KEY (customer_id) REFERENCES accounts(id),
  constraint store_credit_accounts_balance_check CHECK ((balance_amount >= 0))
);

create table totp_secrets (
  account_id uuid not null,
  seed_sealed bytea not null,
  next_seed_sealed bytea,
  confirmed_at timestamp with time zone,
  last_step bigint default 0 not null,
  created_at timestamp with time zone not null,
  constraint totp_secrets_pkey PRIMARY KEY (account_id),
  constraint totp_secrets_account_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
);

create table used_proofs (
  jti_hash bytea not null,
  expires_at timestamp with time zone not null,
  constraint used_proofs_pkey PRIMARY KEY (jti_hash)
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
  state text default 'stored'::text not null,
  topic text default 'other'::text not null,
  order_ref text,
  delivery_count integer default 1 not null,
  attempt_count integer default 0 not null,
  failure_reason text,
  handled_at timestamp with time zone,
  constraint webhook_events_pkey PRIMARY KEY (provider, event_id),
  constraint webhook_events_state_check CHECK ((state = ANY (ARRAY['stored'::text, 'handled'::text, 'failed'::text, 'ignored'::text]))),
  constraint webhook_events_topic_check CHECK ((topic = ANY (ARRAY['payment'::text, 'dispute'::text, 'fraud-warning'::text, 'payout'::text, 'other'::text])))
);

CREATE INDEX account_messages_created_at_idx ON public.account_messages USING btree (created_at);
CREATE INDEX account_messages_link_idx ON public.account_messages USING btree (link_id) WHERE (link_id IS NOT NULL);
CREATE UNIQUE INDEX account_messages_provider_ref_idx ON public.account_messages USING btree (provider_ref) WHERE (provider_ref IS NOT NULL);
CREATE INDEX approvals_pending_idx ON public.approvals USING btree (expires_at) WHERE (state = 'pending'::text);
CREATE INDEX audit_events_action_idx ON public.audit_events USING btree (action, seq DESC);
CREATE INDEX audit_events_actor_idx ON public.audit_events USING btree (actor_id, seq DESC) WHERE (actor_id IS NOT NULL);
CREATE INDEX audit_events_at_idx ON public.audit_events USING btree (at DESC, seq DESC);
CREATE INDEX audit_events_object_idx ON public.audit_events USING btree (object_type, object_id, seq DESC) WHERE (object_id IS NOT NULL);
CREATE INDEX auth_challenges_expires_at_idx ON public.auth_challenges USING btree (expires_at);
CREATE INDEX awaited_pictures_source_idx ON public.awaited_pictures USING btree (source_id);
CREATE UNIQUE INDEX captures_one_at_a_time_key ON public.captures USING btree (payment_id) WHERE (state = 'requested'::text);
CREATE INDEX captures_open_idx ON public.captures USING btree (next_try_at) WHERE (state = 'requested'::text);
CREATE INDEX captures_payment_idx ON public.captures USING btree (payment_id, created_at);
CREATE UNIQUE INDEX captures_provider_ref_key ON public.captures USING btree (payment_id, provider_ref) WHERE (provider_ref IS NOT NULL);
CREATE INDEX cart_lines_variant_idx ON public.cart_lines USING btree (variant_id);
CREATE UNIQUE INDEX carts_customer_idx ON public.carts USING btree (customer_id) WHERE ((state = 'open'::text) AND (customer_id IS NOT NULL));
CREATE UNIQUE INDEX carts_order_idx ON public.carts USING btree (order_id) WHERE (order_id IS NOT NULL);
CREATE INDEX carts_updated_at_idx ON public.carts USING btree (updated_at) WHERE (state = 'open'::text);
CREATE INDEX cod_collections_customer_idx ON public.cod_collections USING btree (customer_id, state) WHERE (customer_id IS NOT NULL);
CREATE UNIQUE INDEX cod_collections_order_idx ON public.cod_collections USING btree (order_id) WHERE (state <> ALL (ARRAY['refused'::text, 'cancelled'::text]));
CREATE INDEX cod_collections_phone_idx ON public.cod_collections USING btree (phone_index, state);
CREATE INDEX cod_collections_state_idx ON public.cod_collections USING btree (state, created_at);
CREATE INDEX cod_remittance_rows_open_idx ON public.cod_remittance_rows USING btree (remittance_id) WHERE ((outcome <> 'matched'::text) AND (resolved_at IS NULL));
CREATE INDEX customer_addresses_account_idx ON public.customer_addresses USING btree (account_id, id);
CREATE UNIQUE INDEX customer_addresses_default_idx ON public.customer_addresses USING btree (account_id) WHERE is_default;
CREATE INDEX customer_consents_account_idx ON public.customer_consents USING btree (account_id, channel, purpose, id DESC);
CREATE INDEX disputes_newest_idx ON public.disputes USING btree (opened_at, id);
CREATE INDEX disputes_open_idx ON public.disputes USING btree (due_at) WHERE (closed_at IS NULL);
CREATE INDEX disputes_payment_idx ON public.disputes USING btree (payment_id);
CREATE INDEX done_requests_done_at_idx ON public.done_requests USING btree (done_at);
CREATE INDEX fraud_warnings_payment_idx ON public.fraud_warnings USING btree (payment_id);
CREATE INDEX idempotency_keys_created_at_idx ON public.idempotency_keys USING btree (created_at);
CREATE INDEX ledger_entries_customer_idx ON public.ledger_entries USING btree (customer_id, id) WHERE (customer_id IS NOT NULL);
CREATE INDEX ledger_entries_transaction_idx ON public.ledger_entries USING btree (transaction_id);
CREATE INDEX ledger_transactions_at_idx ON public.ledger_transactions USING btree (at, id);
CREATE INDEX ledger_transactions_order_idx ON public.ledger_transactions USING btree (order_id) WHERE (order_id IS NOT NULL);
CREATE INDEX ledger_transactions_stray_idx ON public.ledger_transactions USING btree (at) WHERE ((payment_id IS NULL) AND (kind <> ALL (ARRAY['sale'::text, 'sale-reversed'::text])));
CREATE INDEX one_time_links_account_idx ON public.one_time_links USING btree (account_id, purpose);
CREATE INDEX one_time_links_expires_at_idx ON public.one_time_links USING btree (expires_at);
CREATE INDEX order_lines_variant_idx ON public.order_lines USING btree (variant_id);
CREATE INDEX order_timeline_order_idx ON public.order_timeline USING btree (order_id, id);
CREATE INDEX orders_cart_idx ON public.orders USING btree (cart_id);
CREATE INDEX orders_customer_idx ON public.orders USING btree (customer_id, placed_at DESC, id DESC) WHERE (customer_id IS NOT NULL);
CREATE INDEX orders_deadline_idx ON public.orders USING btree (deadline_at) WHERE (state = 'awaiting-payment'::text);
CREATE INDEX orders_phone_idx ON public.orders USING btree (phone_index) WHERE (state <> 'cancelled'::text);
CREATE INDEX orders_unclaimed_email_idx ON public.orders USING btree (email_index) WHERE ((customer_id IS NULL) AND (email_index IS NOT NULL));
CREATE INDEX orders_unclaimed_phone_idx ON public.orders USING btree (phone_index) WHERE ((customer_id IS NULL) AND (phone_index IS NOT NULL));
CREATE INDEX otp_challenges_created_at_idx ON public.otp_challenges USING btree (created_at);
CREATE INDEX otp_challenges_open_idx ON public.otp_challenges USING btree (phone_index) WHERE is_open_at_provider;
CREATE INDEX otp_challenges_phone_idx ON public.otp_challenges USING btree (phone_index, created_at);
CREATE INDEX otp_proofs_expires_at_idx ON public.otp_proofs USING btree (expires_at);
CREATE INDEX otp_sends_account_idx ON public.otp_sends USING btree (account_id, at) WHERE (account_id IS NOT NULL);
CREATE INDEX otp_sends_at_idx ON public.otp_sends USING btree (at) INCLUDE (cost_fils);
CREATE INDEX otp_sends_challenge_idx ON public.otp_sends USING btree (challenge_id);
CREATE INDEX otp_sends_country_idx ON public.otp_sends USING btree (country, at);
CREATE INDEX otp_sends_device_idx ON public.otp_sends USING btree (device_index, at) WHERE (device_index IS NOT NULL);
CREATE INDEX otp_sends_ip_idx ON public.otp_sends USING btree (ip_index, at);
CREATE INDEX otp_sends_network_idx ON public.otp_sends USING btree (network_index, at);
CREATE INDEX otp_sends_phone_idx ON public.otp_sends USING btree (phone_index, at);
CREATE INDEX otp_sends_prefix_idx ON public.otp_sends USING btree (prefix_index, at);
CREATE INDEX passkeys_account_idx ON public.passkeys USING btree (account_id);
CREATE INDEX payments_capture_idx ON public.payments USING btree (capture_before) WHERE (state = 'authorised'::text);
CREATE UNIQUE INDEX payments_current_key ON public.payments USING btree (order_id) WHERE (superseded_at IS NULL);
CREATE INDEX payments_held_idx ON public.payments USING btree (created_at, id) WHERE (held_reason IS NOT NULL);
CREATE INDEX payments_open_idx ON public.payments USING btree (created_at) WHERE ((state = ANY (ARRAY['pending'::text, 'requires-action'::text, 'processing'::text, 'failed'::text])) AND (provider <> 'cod'::text) AND ((state <> 'failed'::text) OR (superseded_at IS NULL)));
CREATE INDEX payments_overdue_idx ON public.payments USING btree (created_at, id) WHERE ((state = 'authorised'::text) AND (alarm_level > 0));
CREATE INDEX payments_placed_idx ON public.payments USING btree (created_at, id);
CREATE INDEX payments_state_idx ON public.payments USING btree (state, created_at, id);
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
CREATE INDEX provider_transactions_at_idx ON public.provider_transactions USING btree (provider, occurred_at);
CREATE INDEX provider_transactions_payment_idx ON public.provider_transactions USING btree (payment_id) WHERE (payment_id IS NOT NULL);
CREATE INDEX provider_transactions_payout_idx ON public.provider_transactions USING btree (provider, source_ref) WHERE (kind = ANY (ARRAY['payout'::text, 'payout-failed'::text]));
CREATE INDEX rate_limits_expires_at_idx ON public.rate_limits USING btree (expires_at);
CREATE INDEX reconciliation_differences_newest_idx ON public.reconciliation_differences USING btree (last_seen_at DESC, id);
CREATE UNIQUE INDEX reconciliation_differences_open_key ON public.reconciliation_differences USING btree (provider, class, provider_ref) WHERE (state = 'open'::text);
CREATE INDEX reconciliation_differences_run_idx ON public.reconciliation_differences USING btree (run_id);
CREATE INDEX reconciliation_runs_newest_idx ON public.reconciliation_runs USING btree (started_at DESC, id);
CREATE INDEX recovery_codes_account_idx ON public.recovery_codes USING btree (account_id);
CREATE INDEX refresh_tokens_session_idx ON public.refresh_tokens USING btree (session_id);
CREATE INDEX refresh_tokens_successor_idx ON public.refresh_tokens USING btree (used_at) WHERE (successor_sealed IS NOT NULL);
CREATE INDEX refund_lines_line_idx ON public.refund_lines USING btree (order_line_id);
CREATE INDEX refunded_lines_order_idx ON public.refunded_lines USING btree (order_id);
CREATE INDEX refunds_newest_idx ON public.refunds USING btree (created_at, id);
CREATE INDEX refunds_open_idx ON public.refunds USING btree (next_try_at) WHERE (state = ANY (ARRAY['requested'::text, 'pending'::text]));
CREATE INDEX refunds_order_idx ON public.refunds USING btree (order_id, created_at);
CREATE INDEX refunds_payment_idx ON public.refunds USING btree (payment_id);
CREATE UNIQUE INDEX refunds_provider_ref_key ON public.refunds USING btree (payment_id, provider_ref) WHERE (provider_ref IS NOT NULL);
CREATE INDEX search_words_trigrams_idx ON public.search_words USING gin (word gin_trgm_ops);
CREATE UNIQUE INDEX security_alerts_open_idx ON public.security_alerts USING btree (rule, subject) WHERE (state = 'open'::text);
CREATE INDEX security_alerts_seen_idx ON public.security_alerts USING btree (last_seen_at DESC, id DESC);
CREATE INDEX sessions_account_created_at_idx ON public.sessions USING btree (account_id, created_at);
CREATE INDEX sessions_account_idx ON public.sessions USING btree (account_id);
CREATE INDEX sessions_created_at_idx ON public.sessions USING btree (created_at);
CREATE INDEX sessions_expires_at_idx ON public.sessions USING btree (expires_at);
CREATE INDEX sessions_revoked_at_idx ON public.sessions USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);
CREATE INDEX staff_roles_role_idx ON public.staff_roles USING btree (role_id);
CREATE INDEX stock_movements_order_idx ON public.stock_movements USING btree (order_id) WHERE (order_id IS NOT NULL);
CREATE INDEX stock_movements_variant_idx ON public.stock_movements USING btree (variant_id, location_id, id);
CREATE INDEX stock_reservations_held_idx ON public.stock_reservations USING btree (expires_at) WHERE (state = 'held'::text);
CREATE INDEX stock_reservations_variant_idx ON public.stock_reservations USING btree (variant_id) WHERE (state = 'held'::text);
CREATE INDEX used_proofs_expires_at_idx ON public.used_proofs USING btree (expires_at);
CREATE INDEX variants_product_idx ON public.variants USING btree (product_id, "position");
CREATE INDEX webhook_events_newest_idx ON public.webhook_events USING btree (received_at DESC, provider, event_id);
CREATE INDEX webhook_events_object_idx ON public.webhook_events USING btree (provider, object_ref);

create view account_sessions as
 SELECT session.id,
    session.account_id,
    session.client,
    session.country,
    session.city,
    session.amr,
    session.created_at,
    session.last_seen_at,
    LEAST(session.idle_expires_at, session.expires_at) AS expires_at,
    account.kind,
    account.data_key,
    account.name_sealed,
    account.phone_sealed,
    account.phone_index,
    account.email_sealed,
    account.email_index
   FROM sessions session
     JOIN accounts account ON account.id = session.account_id
  WHERE session.revoked_at IS NULL AND account.status <> 'erased'::text;

create view audit_trail as
 SELECT seq,
    at,
    actor_kind,
    actor_id,
    network,
    action,
    object_id,
    result
   FROM audit_events;

create view cash_orders as
 SELECT payment.id AS payment_id,
    placed.id AS order_id,
    placed.number,
    placed.emirate,
    placed.placed_at,
    placed.customer_id,
    placed.phone_index,
    placed.data_key,
    placed.state AS order_state,
    placed.deadline_at,
    payment.state AS payment_state,
    payment.amount AS due_amount,
    cash.state AS cash_state,
    cash.collected_amount,
    cash.remitted_amount,
    cash.courier,
    cash.delivery_code_sealed,
    cash.delivery_code_tries,
    cash.created_at AS promised_at,
    cash.collected_at,
    cash.refused_at,
    cash.refusal_reason,
    cash.goods_back_at,
    cash.forgiven_at
   FROM payments payment
     JOIN orders placed ON placed.id = payment.order_id
     LEFT JOIN cod_collections cash ON cash.payment_id = payment.id
  WHERE payment.provider = 'cod'::text AND payment.superseded_at IS NULL;

create view clearing_entries as
 SELECT entry.id,
    entry.account,
    entry.amount,
    moved.id AS transaction_id,
    moved.kind,
    moved.source,
    moved.payment_id,
    moved.at
   FROM ledger_entries entry
     JOIN ledger_transactions moved ON moved.id = entry.transaction_id
  WHERE entry.account ~~ 'clearing:%'::text OR entry.account = 'cash'::text;

create view credit_books as
 SELECT COALESCE(account.customer_id, booked.customer_id) AS customer_id,
    COALESCE(account.balance_amount, 0::bigint) AS balance_amount,
    COALESCE(booked.amount, 0::bigint) AS booked_amount
   FROM store_credit_accounts account
     FULL JOIN ( SELECT ledger_entries.customer_id,
            - sum(ledger_entries.amount)::bigint AS amount
           FROM ledger_entries
          WHERE ledger_entries.account = 'store-credit'::text AND ledger_entries.customer_id IS NOT NULL
          GROUP BY ledger_entries.customer_id) booked ON booked.customer_id = account.customer_id;

create view open_cash_orders as
 SELECT placed.id AS order_id,
    placed.customer_id,
    placed.phone_index
   FROM orders placed
     JOIN payments payment ON payment.order_id = placed.id AND payment.superseded_at IS NULL
  WHERE payment.provider = 'cod'::text AND (payment.state = ANY (ARRAY['pending'::text, 'requires-action'::text, 'authorised'::text])) AND placed.state <> 'cancelled'::text;

create view order_books as
 SELECT id AS order_id,
    number,
    state,
    ( SELECT COALESCE(sum(entry.amount), 0::numeric)::bigint AS "coalesce"
           FROM ledger_transactions moved
             JOIN ledger_entries entry ON entry.transaction_id = moved.id
          WHERE moved.order_id = placed.id AND entry.account = 'customer'::text) AS owed_amount,
    ( SELECT count(*)::integer AS count
           FROM payments
          WHERE payments.order_id = placed.id AND payments.captured_amount > payments.refunded_amount) AS paying_count,
    (state = ANY (ARRAY['confirmed'::text, 'cancelled'::text])) AND NOT (EXISTS ( SELECT
           FROM payments
          WHERE payments.order_id = placed.id AND (payments.held_reason IS NOT NULL OR (payments.state <> ALL (ARRAY['captured'::text, 'cancelled'::text])) AND NOT (payments.state = 'failed'::text AND payments.superseded_at IS NOT NULL)))) AND NOT (EXISTS ( SELECT
           FROM refunds
          WHERE refunds.order_id = placed.id AND (refunds.state <> ALL (ARRAY['succeeded'::text, 'failed'::text])))) AS is_over
   FROM orders placed;

create view order_cash with (security_invoker=true) as
 SELECT payment_id,
    order_id,
    state,
    delivery_code_sealed
   FROM cod_collections;

create view order_payments with (security_invoker=true) as
 SELECT order_id,
    id AS payment_id,
    method,
    state,
    amount,
    card_brand,
    card_last4,
    decline_reason,
    held_reason IS NOT NULL AS is_held,
    provider_ref,
    provider,
    attempt,
    captured_amount,
    refunded_amount,
    wallet,
    redirect_url,
    session_ref
   FROM payments
  WHERE superseded_at IS NULL;

create view order_refunds with (security_invoker=true) as
 SELECT id,
    order_id,
    amount,
    destination,
    state,
    created_at
   FROM refunds;

create view own_sign_in_methods with (security_barrier=true) as
 SELECT id AS account_id,
    (EXISTS ( SELECT
           FROM passwords
          WHERE passwords.account_id = account.id)) AS has_password,
    (EXISTS ( SELECT
           FROM totp_secrets
          WHERE totp_secrets.account_id = account.id AND totp_secrets.confirmed_at IS NOT NULL)) AS has_totp,
    ( SELECT count(*)::integer AS count
           FROM passkeys
          WHERE passkeys.account_id = account.id) AS passkey_count,
    ( SELECT count(*)::integer AS count
           FROM recovery_codes
          WHERE recovery_codes.account_id = account.id AND recovery_codes.used_at IS NULL) AS recovery_codes_left
   FROM accounts account
  WHERE id = current_account_id();

create view own_store_credit_entries with (security_barrier=true) as
 SELECT entry.id,
    entry.customer_id,
    - entry.amount AS amount,
    moved.kind,
    moved.at,
    placed.number AS order_number
   FROM ledger_entries entry
     JOIN ledger_transactions moved ON moved.id = entry.transaction_id
     LEFT JOIN orders placed ON placed.id = moved.order_id
  WHERE entry.customer_id = current_account_id();

create view payment_books as
 SELECT payment.id AS payment_id,
    payment.order_id,
    payment.provider,
    payment.provider_ref,
    payment.session_ref,
    payment.redirect_url,
    payment.state,
    payment.currency,
    payment.amount,
    payment.authorised_amount,
    payment.captured_amount,
    payment.refunded_amount,
    payment.fee_amount,
    payment.held_reason,
    payment.superseded_at,
    payment.created_at,
    payment.updated_at,
    payment.capture_before,
    booked.taken_amount AS booked_amount,
    booked.kept_amount AS booked_fee_amount
   FROM payments payment
     CROSS JOIN LATERAL ( SELECT COALESCE(sum(entry.amount) FILTER (WHERE moved.kind <> ALL (ARRAY['fee'::text, 'dispute'::text, 'remittance'::text])), 0::numeric)::bigint AS taken_amount,
            COALESCE(- sum(entry.amount) FILTER (WHERE moved.kind = 'fee'::text), 0::numeric)::bigint AS kept_amount
           FROM ledger_transactions moved
             JOIN ledger_entries entry ON entry.transaction_id = moved.id
          WHERE moved.order_id = payment.order_id AND moved.payment_id = payment.id AND entry.account =
                CASE payment.provider
                    WHEN 'cod'::text THEN 'cash'::text
                    ELSE 'clearing:'::text || payment.provider
                END) booked;

create view payment_list as
 SELECT payment.id,
    payment.attempt,
    payment.superseded_at IS NULL AS is_current,
    payment.provider,
    payment.method,
    payment.state,
    payment.provider_ref,
    payment.provider_state,
    payment.currency,
    payment.amount,
    payment.authorised_amount,
    payment.captured_amount,
    payment.refund_requested_amount,
    payment.refunded_amount,
    payment.fee_amount,
    payment.held_reason,
    payment.decline_reason,
    payment.card_brand,
    payment.card_last4,
    payment.wallet,
    payment.created_at,
    payment.updated_at,
    payment.authorised_at,
    payment.captured_at,
    payment.expires_at,
    payment.capture_before,
    payment.alarm_level,
    payment.order_id,
    placed.number AS order_number,
    placed.state AS order_state,
    placed.deadline_at
   FROM payments payment
     JOIN orders placed ON placed.id = payment.order_id;

create view pictures as
 SELECT key,
    width,
    height,
    widths
   FROM media;

create view placed_orders with (security_invoker=true) as
 SELECT id AS order_id,
    number,
    state
   FROM orders;

create view purchase_items as
 SELECT line.order_id,
    line."position",
    line.sku,
    line.name_en,
    line.name_ar,
    category.name_en AS category,
    line.quantity,
    line.unit_price_amount,
    line.total_amount,
    line.vat_amount,
    line.picture_key,
    line.slug_en,
    line.slug_ar
   FROM order_lines line
     JOIN products product ON product.id = line.product_id
     JOIN categories category ON category.id = product.category_id;

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

create view session_actors as
 SELECT session.id AS session_id,
    session.account_id,
    session.audience,
    session.amr,
    session.authenticated_at,
    session.second_factor_at,
    session.idle_expires_at,
    session.expires_at,
    session.revoked_at IS NOT NULL OR account.status <> 'active'::text AS is_ended,
    account.status AS account_status,
    COALESCE(granted.permissions, '{}'::text[]) AS permissions,
    COALESCE(granted.limits, '[]'::jsonb) AS limits
   FROM sessions session
     JOIN accounts account ON account.id = session.account_id
     LEFT JOIN LATERAL ( SELECT array_agg(DISTINCT permission.permission) AS permissions,
            jsonb_agg(DISTINCT role.limits) AS limits
           FROM staff_roles grant_row
             JOIN roles role ON role.id = grant_row.role_id
             LEFT JOIN LATERAL unnest(role.permissions) permission(permission) ON true
          WHERE grant_row.account_id = session.account_id) granted ON session.audience = 'admin-api'::text;

create view sign_ins as
 SELECT session.id AS session_id,
    session.account_id,
    session.audience,
    session.network,
    session.country,
    session.created_at AS at,
    session.latitude,
    session.longitude,
    before.place AS before,
    earlier.sessions = 0 AS is_first,
    COALESCE(earlier.knows_device, false) AS knows_device,
    COALESCE(earlier.knows_country, false) AS knows_country
   FROM sessions session
     CROSS JOIN LATERAL ( SELECT count(*) AS sessions,
            bool_or(other.device_id = session.device_id) AS knows_device,
            bool_or(NOT other.country IS DISTINCT FROM session.country) AS knows_country
           FROM sessions other
          WHERE other.account_id = session.account_id AND other.created_at < session.created_at) earlier
     LEFT JOIN LATERAL ( SELECT json_build_object('at', other.created_at, 'latitude', other.latitude, 'longitude', other.longitude) AS place
           FROM sessions other
          WHERE other.account_id = session.account_id AND other.created_at < session.created_at AND other.latitude IS NOT NULL
          ORDER BY other.created_at DESC
         LIMIT 1) before ON true
  WHERE session.revoked_reason IS DISTINCT FROM 'replaced'::text;

create view staff_members as
 SELECT id,
    status,
    data_key,
    name_sealed,
    phone_sealed,
    email_sealed,
    email_index,
    locale,
    last_sign_in_at,
    created_at,
    (EXISTS ( SELECT
           FROM totp_secrets totp
          WHERE totp.account_id = account.id AND totp.confirmed_at IS NOT NULL)) AS has_totp,
    (EXISTS ( SELECT
           FROM passkeys passkey
          WHERE passkey.account_id = account.id)) AS has_passkey,
    ( SELECT max(link.expires_at) AS max
           FROM one_time_links link
          WHERE link.account_id = account.id AND link.purpose = 'staff-invite'::text AND link.used_at IS NULL) AS invite_expires_at,
    ( SELECT max(session.second_factor_at) AS max
           FROM sessions session
          WHERE session.account_id = account.id) AS last_second_factor_at
   FROM accounts account
  WHERE kind = 'staff'::text AND status <> 'erased'::text;

create view staff_role_names as
 SELECT grant_row.account_id,
    role.id,
    role.code,
    role.name_en,
    role.name_ar
   FROM staff_roles grant_row
     JOIN roles role ON role.id = grant_row.role_id;

create view variant_availability as
 SELECT variant_id,
    sum(on_hand - reserved)::integer AS available
   FROM stock_levels
  GROUP BY variant_id;

CREATE TRIGGER approvals_keep BEFORE UPDATE ON public.approvals FOR EACH ROW EXECUTE FUNCTION keep_approval();

CREATE TRIGGER audit_events_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_events FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

CREATE TRIGGER audit_heads_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_heads FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

CREATE TRIGGER customer_consents_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.customer_consents FOR EACH STATEMENT EXECUTE FUNCTION refuse_consent_change();

CREATE TRIGGER ledger_entries_balance AFTER INSERT ON public.ledger_entries REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_balance();

CREATE TRIGGER payments_call_off_cash AFTER UPDATE OF state ON public.payments FOR EACH ROW WHEN (((new.provider = 'cod'::text) AND (new.state = 'cancelled'::text))) EXECUTE FUNCTION payments_call_off_cash();

CREATE TRIGGER payments_held_before_taken BEFORE INSERT OR UPDATE OF captured_amount ON public.payments FOR EACH ROW EXECUTE FUNCTION payments_held_before_taken();

alter table accounts enable row level security;
alter table cart_lines enable row level security;
alter table carts enable row level security;
alter table cod_collections enable row level security;
alter table customer_addresses enable row level security;
alter table customer_consents enable row level security;
alter table order_lines enable row level security;
alter table order_timeline enable row level security;
alter table orders enable row level security;
alter table payment_customers enable row level security;
alter table payments enable row level security;
alter table refunds enable row level security;
alter table store_credit_accounts enable row level security;

create policy own_account on accounts to dhow_customer
  using (id = current_account_id());

create policy own_cart_lines on cart_lines to dhow_customer
  using (EXISTS ( SELECT
   FROM carts cart
  WHERE ((cart.id = cart_lines.cart_id) AND (cart.customer_id = current_account_id()))
 OFFSET 0));

create policy own_carts on carts to dhow_customer
  using (customer_id = current_account_id());

create policy own_cod_collections on cod_collections to dhow_customer
  using (EXISTS ( SELECT
   FROM orders placed
  WHERE ((placed.id = cod_collections.order_id) AND (placed.customer_id = current_account_id()))
 OFFSET 0));

create policy own_addresses on customer_addresses to dhow_customer
  using (account_id = current_account_id());

create policy own_consents on customer_consents to dhow_customer
  using (account_id = current_account_id());

create policy own_order_lines on order_lines to dhow_customer
  using (EXISTS ( SELECT
   FROM orders placed
  WHERE ((placed.id = order_lines.order_id) AND (placed.customer_id = current_account_id()))
 OFFSET 0));

create policy own_order_timeline on order_timeline to dhow_customer
  using (EXISTS ( SELECT
   FROM orders placed
  WHERE ((placed.id = order_timeline.order_id) AND (placed.customer_id = current_account_id()))
 OFFSET 0));

create policy own_orders on orders to dhow_customer
  using (customer_id = current_account_id());

create policy own_payment_customers on payment_customers to dhow_customer
  using (account_id = current_account_id());

create policy own_payments on payments to dhow_customer
  using (EXISTS ( SELECT
   FROM orders placed
  WHERE ((placed.id = payments.order_id) AND (placed.customer_id = current_account_id()))
 OFFSET 0));

create policy own_refunds on refunds to dhow_customer
  using (EXISTS ( SELECT
   FROM orders placed
  WHERE ((placed.id = refunds.order_id) AND (placed.customer_id = current_account_id()))
 OFFSET 0));

create policy own_store_credit on store_credit_accounts to dhow_customer
  using (customer_id = current_account_id());

grant select (id, status, data_key, name_sealed, phone_sealed, email_sealed, locale, created_at), update (name_sealed, locale, updated_at) on accounts to dhow_customer;
grant select on cart_lines to dhow_customer;
grant select (id, state, locale, data_key, contact_sealed, address_sealed, emirate, delivery_method, order_id, customer_id, key_sealed) on carts to dhow_customer;
grant select (payment_id, order_id, state, due_amount, delivery_code_sealed) on cod_collections to dhow_customer;
grant delete, insert, select, update (address_sealed, is_default, updated_at) on customer_addresses to dhow_customer;
grant insert, select on customer_consents to dhow_customer;
grant select on order_cash to dhow_customer;
grant select on order_lines to dhow_customer;
grant select on order_payments to dhow_customer;
grant select on order_refunds to dhow_customer;
grant select (id, order_id, kind, at) on order_timeline to dhow_customer;
grant select (id, number, state, cart_id, locale, subtotal_amount, delivery_amount, vat_amount, grand_total_amount, delivery_method, delivery_earliest, delivery_latest, data_key, contact_sealed, address_sealed, deadline_at, placed_at, customer_id, payment_fee_amount, payment_fee_vat_amount, store_credit_amount, rounding_amount) on orders to dhow_customer;
grant select on own_sign_in_methods to dhow_customer;
grant select on own_store_credit_entries to dhow_customer;
grant select on payment_customers to dhow_customer;
grant select (id, order_id, provider, method, state, amount, captured_amount, provider_ref, card_brand, card_last4, decline_reason, held_reason, attempt, superseded_at, refunded_amount, session_ref, redirect_url, wallet) on payments to dhow_customer;
grant select on pictures to dhow_customer;
grant select on placed_orders to dhow_customer;
grant select (id, order_id, destination, state, amount, created_at, succeeded_at) on refunds to dhow_customer;
grant select on sellable_variants to dhow_customer;
grant select on store_credit_accounts to dhow_customer;
