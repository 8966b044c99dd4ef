-- One-time codes by SMS: what was asked for, what was sent at what cost, and what is blocked. The code itself is the provider's.
create table otp_challenges (
  id uuid not null,
  purpose text not null,
  account_id uuid,
  phone_index bytea not null,
  -- by the master key
  phone_sealed bytea not null,
  -- who may answer it; null when the device has no name
  device_id text,
  provider_ref text,
  -- as far as we know: then its code must be called off before the number is sent another
  is_open_at_provider boolean not null,
  state text not null,
  -- wrong codes, and those that are being checked: counted before the provider is asked
  try_count integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint otp_challenges_pkey primary key (id),
  constraint otp_challenges_account_fkey foreign key (account_id) references accounts (id) on delete cascade,
  constraint otp_challenges_purpose_check check (purpose in ('sign-in', 'change-phone', 'confirm-identity')),
  constraint otp_challenges_state_check check (state in ('pending', 'verified', 'dead'))
);
create index otp_challenges_phone_idx on otp_challenges (phone_index, created_at);
create index otp_challenges_open_idx on otp_challenges (phone_index) where is_open_at_provider;
create index otp_challenges_created_at_idx on otp_challenges (created_at);

-- One row for each message the provider was asked to send: limits, budgets and conversion are counted from it. Redis refuses
-- floods before they get here, but may lose its counters at any time; these are not lost.
create table otp_sends (
  id bigint generated always as identity,
  challenge_id uuid not null,
  country char(2) not null,
  -- keyed hashes of whom it concerns
  phone_index bytea not null,
  prefix_index bytea not null,
  ip_index bytea not null,
  network_index bytea not null,
  device_index bytea,
  account_id uuid,
  -- what it is expected to cost; nothing once it is certain that it was not sent
  cost_fils integer not null,
  is_sent boolean not null default true,
  at timestamptz not null,
  verified_at timestamptz,
  constraint otp_sends_pkey primary key (id)
);
create index otp_sends_at_idx on otp_sends (at) include (cost_fils);
create index otp_sends_challenge_idx on otp_sends (challenge_id);
create index otp_sends_country_idx on otp_sends (country, at);
create index otp_sends_phone_idx on otp_sends (phone_index, at);
create index otp_sends_prefix_idx on otp_sends (prefix_index, at);
create index otp_sends_ip_idx on otp_sends (ip_index, at);
create index otp_sends_network_idx on otp_sends (network_index, at);
create index otp_sends_device_idx on otp_sends (device_index, at) where device_index is not null;
create index otp_sends_account_idx on otp_sends (account_id, at) where account_id is not null;

create table otp_blocks (
  -- 'prefix:<hex>', 'country:SA' or 'phone:<hex>'
  subject text not null,
  reason text not null,
  blocked_until timestamptz not null,
  constraint otp_blocks_pkey primary key (subject)
);

-- Puzzles that were solved and used, so that none is used twice.
create table otp_proofs (
  hash bytea not null,
  expires_at timestamptz not null,
  constraint otp_proofs_pkey primary key (hash)
);
create index otp_proofs_expires_at_idx on otp_proofs (expires_at);
