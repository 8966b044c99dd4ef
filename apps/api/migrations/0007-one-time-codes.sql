-- One-time codes by SMS: what was asked for, what was sent at what cost, and what is blocked. The code itself is the provider's.
create table otp_challenges (
  id uuid not null,
  purpose text not null,
  account_id uuid,
  phone_index bytea not null,
  -- by the master key
  phone_sealed bytea not null,
  device_id text,
  provider_ref text,
  state text not null,
  send_count integer not null default 0,
  try_count integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint otp_challenges_pkey primary key (id),
  constraint otp_challenges_account_fkey foreign key (account_id) references accounts (id) on delete cascade,
  constraint otp_challenges_purpose_check check (purpose in ('sign-in', 'change-phone', 'confirm-identity')),
  constraint otp_challenges_state_check check (state in ('pending', 'verified', 'dead'))
);
create index otp_challenges_phone_idx on otp_challenges (phone_index, created_at);
create index otp_challenges_expires_at_idx on otp_challenges (expires_at);

-- One row a message sent, for budgets and for the share of messages that are ever answered.
create table otp_sends (
  id bigint generated always as identity,
  challenge_id uuid not null,
  country char(2) not null,
  prefix_index bytea not null,
  cost_fils integer not null,
  at timestamptz not null,
  verified_at timestamptz,
  constraint otp_sends_pkey primary key (id)
);
create index otp_sends_at_idx on otp_sends (at);
create index otp_sends_prefix_idx on otp_sends (prefix_index, at);
create index otp_sends_country_idx on otp_sends (country, at);

create table otp_blocks (
  -- 'prefix:<hex>' or 'country:AE'
  subject text not null,
  reason text not null,
  blocked_until timestamptz not null,
  constraint otp_blocks_pkey primary key (subject)
);
