-- What the platform itself keeps. Forward only: never edited once on main.
create extension if not exists pg_trgm;

-- The first answer to a request with an Idempotency-Key. `response` is sealed: it may hold personal data.
create table idempotency_keys (
  scope text not null,
  key_hash bytea not null,
  body_hash bytea not null,
  status smallint,
  response bytea,
  locked_until timestamptz not null,
  created_at timestamptz not null,
  constraint idempotency_keys_pkey primary key (scope, key_hash),
  constraint idempotency_keys_answer_check check ((status is null) = (response is null))
);
create index idempotency_keys_created_at_idx on idempotency_keys (created_at);
