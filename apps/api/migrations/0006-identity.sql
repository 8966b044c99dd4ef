-- Who somebody is, and how they prove it. Customers and staff are accounts of two kinds that never mix: an index is unique per
-- kind, sessions name their audience, and no query joins one with the other.
create table accounts (
  id uuid not null,
  kind text not null,
  status text not null,
  -- wraps everything sealed below and in the account's addresses; destroyed when the account is erased
  data_key bytea,
  name_sealed bytea,
  phone_sealed bytea,
  phone_index bytea,
  phone_verified_at timestamptz,
  email_sealed bytea,
  email_index bytea,
  email_verified_at timestamptz,
  locale text not null,
  -- wrong secrets in a row, over all factors; at the cap the password must be reset before it works again
  failure_count integer not null default 0,
  last_failure_at timestamptz,
  last_sign_in_at timestamptz,
  disabled_at timestamptz,
  disabled_reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint accounts_pkey primary key (id),
  constraint accounts_kind_check check (kind in ('customer', 'staff')),
  constraint accounts_status_check check (status in ('invited', 'active', 'disabled', 'erased')),
  constraint accounts_locale_check check (locale in ('en', 'ar')),
  constraint accounts_phone_check check ((phone_sealed is null) = (phone_index is null)),
  constraint accounts_email_check check ((email_sealed is null) = (email_index is null)),
  constraint accounts_erased_check check (status = 'erased' or data_key is not null),
  constraint accounts_phone_key unique (kind, phone_index),
  constraint accounts_email_key unique (kind, email_index)
);

create table passwords (
  account_id uuid not null,
  -- PHC string: its parameters are its own, and it is hashed anew at a sign-in once ours are higher
  hash text not null,
  changed_at timestamptz not null,
  constraint passwords_pkey primary key (account_id),
  constraint passwords_account_fkey foreign key (account_id) references accounts (id) on delete cascade,
  constraint passwords_hash_check check (hash like '$argon2id$%')
);

create table passkeys (
  id uuid not null,
  account_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null,
  is_backed_up boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  constraint passkeys_pkey primary key (id),
  constraint passkeys_account_fkey foreign key (account_id) references accounts (id) on delete cascade,
  constraint passkeys_credential_key unique (credential_id)
);
create index passkeys_account_idx on passkeys (account_id);

create table totp_secrets (
  account_id uuid not null,
  seed_sealed bytea not null,
  -- takes the place of the seed when a first code of it was given; until then the old one works
  next_seed_sealed bytea,
  -- null until a first code has shown that the app has it
  confirmed_at timestamptz,
  -- the newest 30-second step a code was accepted of: none is accepted twice
  last_step bigint not null default 0,
  created_at timestamptz not null,
  constraint totp_secrets_pkey primary key (account_id),
  constraint totp_secrets_account_fkey foreign key (account_id) references accounts (id) on delete cascade
);

create table recovery_codes (
  id uuid not null,
  account_id uuid not null,
  hash text not null,
  used_at timestamptz,
  created_at timestamptz not null,
  constraint recovery_codes_pkey primary key (id),
  constraint recovery_codes_account_fkey foreign key (account_id) references accounts (id) on delete cascade
);
create index recovery_codes_account_idx on recovery_codes (account_id);

-- A step of signing in that waits for the next one: a second factor to come, a passkey ceremony under way.
create table auth_challenges (
  id uuid not null,
  purpose text not null,
  audience text not null,
  account_id uuid,
  session_id uuid,
  -- of a passkey ceremony
  challenge text,
  -- the passkey that was the first step: the second is another
  passkey_id uuid,
  -- what has been proven so far, as in a token
  amr text[] not null default '{}',
  device_id text,
  try_count integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint auth_challenges_pkey primary key (id),
  constraint auth_challenges_account_fkey foreign key (account_id) references accounts (id) on delete cascade,
  constraint auth_challenges_audience_check check (audience in ('shop-api', 'admin-api')),
  constraint auth_challenges_purpose_check
    check (purpose in ('second-factor', 'passkey-sign-in', 'passkey-second-factor', 'passkey-enrol', 'passkey-confirm'))
);
create index auth_challenges_expires_at_idx on auth_challenges (expires_at);

-- A link or token sent to an address, good once. The token is derived from the id, so that only its hash is stored.
create table one_time_links (
  id uuid not null,
  purpose text not null,
  account_id uuid,
  token_hash bytea not null,
  -- what is to be done when it is used (a new address, a password hash), sealed by the master key
  data_sealed bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint one_time_links_pkey primary key (id),
  constraint one_time_links_account_fkey foreign key (account_id) references accounts (id) on delete cascade,
  constraint one_time_links_token_key unique (token_hash),
  constraint one_time_links_purpose_check
    check (purpose in ('register', 'reset-password', 'change-email', 'undo-change', 'staff-invite'))
);
create index one_time_links_account_idx on one_time_links (account_id, purpose);
create index one_time_links_expires_at_idx on one_time_links (expires_at);

-- What is to be said to a person about their account: the outbox of `notifications`, written with the change it tells of.
create table account_messages (
  id uuid not null,
  account_id uuid,
  kind text not null,
  channel text not null,
  locale text not null,
  -- address, name and details, sealed by the master key
  content_sealed bytea not null,
  link_id uuid,
  state text not null,
  attempts integer not null default 0,
  provider_ref text,
  created_at timestamptz not null,
  sending_since timestamptz,
  sent_at timestamptz,
  constraint account_messages_pkey primary key (id),
  constraint account_messages_account_fkey foreign key (account_id) references accounts (id) on delete cascade,
  constraint account_messages_link_fkey foreign key (link_id) references one_time_links (id) on delete set null,
  constraint account_messages_channel_check check (channel in ('email', 'sms')),
  constraint account_messages_state_check
    check (state in ('queued', 'sending', 'sent', 'delivered', 'undelivered', 'refused')),
  constraint account_messages_sending_check check (state <> 'sending' or sending_since is not null)
);
create unique index account_messages_provider_ref_idx on account_messages (provider_ref) where provider_ref is not null;
-- for the links that are deleted: each asks which message it was in
create index account_messages_link_idx on account_messages (link_id) where link_id is not null;
create index account_messages_created_at_idx on account_messages (created_at);

-- The keys access tokens are signed with. Two are alive: one signs, the other is on its way in or out.
create table signing_keys (
  kid text not null,
  algorithm text not null,
  public_jwk jsonb not null,
  private_sealed bytea not null,
  created_at timestamptz not null,
  -- published at once, used from here on: whoever caches the key set has had time to read it
  signs_from timestamptz not null,
  -- last moment a token signed by it is believed; null while no younger key signs
  retires_at timestamptz,
  constraint signing_keys_pkey primary key (kid),
  constraint signing_keys_algorithm_check check (algorithm = 'EdDSA')
);

-- One per device and sign-in. It is also the family of its refresh tokens: revoked together.
create table sessions (
  id uuid not null,
  account_id uuid not null,
  audience text not null,
  device_id text,
  -- P-256 JWK thumbprint; refreshing then needs a proof by that key
  device_key_thumbprint text,
  client text not null,
  -- truncated to /24 or /56
  network text not null,
  country text,
  city text,
  latitude real,
  longitude real,
  amr text[] not null,
  authenticated_at timestamptz not null,
  second_factor_at timestamptz,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- moved by each refresh, never past expires_at
  idle_expires_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_reason text,
  constraint sessions_pkey primary key (id),
  constraint sessions_account_fkey foreign key (account_id) references accounts (id) on delete cascade,
  constraint sessions_audience_check check (audience in ('shop-api', 'admin-api')),
  constraint sessions_revoked_check check ((revoked_at is null) = (revoked_reason is null))
);
create index sessions_account_idx on sessions (account_id);
create index sessions_expires_at_idx on sessions (expires_at);
create index sessions_revoked_at_idx on sessions (revoked_at) where revoked_at is not null;

create table refresh_tokens (
  token_hash bytea not null,
  session_id uuid not null,
  created_at timestamptz not null,
  used_at timestamptz,
  -- for ten seconds the identical retry gets the same successor: who asked, and the answer, sealed by the used token itself
  used_by_request text,
  successor_sealed bytea,
  constraint refresh_tokens_pkey primary key (token_hash),
  constraint refresh_tokens_session_fkey foreign key (session_id) references sessions (id) on delete cascade,
  constraint refresh_tokens_used_check check ((used_at is null) = (used_by_request is null))
);
create index refresh_tokens_session_idx on refresh_tokens (session_id);
create index refresh_tokens_successor_idx on refresh_tokens (used_at) where successor_sealed is not null;

-- Proofs of possession seen in the last five minutes, so that none works twice.
create table used_proofs (
  jti_hash bytea not null,
  expires_at timestamptz not null,
  constraint used_proofs_pkey primary key (jti_hash)
);
create index used_proofs_expires_at_idx on used_proofs (expires_at);
