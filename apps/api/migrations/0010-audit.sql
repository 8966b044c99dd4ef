-- The audit log: append-only and chained. Its hashes are made by audit_append() alone; the application may not write the table.
create table audit_events (
  seq bigint not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id uuid,
  session_id uuid,
  network text,
  action text not null,
  object_type text,
  object_id text,
  reason text,
  result text not null,
  -- names of what changed; personal values as keyed hashes, never plain
  details jsonb not null default '{}',
  request_id text,
  prev_hash bytea not null,
  hash bytea not null,
  constraint audit_events_pkey primary key (seq),
  constraint audit_events_actor_check check (actor_kind in ('anonymous', 'customer', 'staff', 'system')),
  constraint audit_events_result_check check (result in ('ok', 'refused', 'failed'))
);
create index audit_events_at_idx on audit_events (at desc, seq desc);
create index audit_events_actor_idx on audit_events (actor_id, seq desc) where actor_id is not null;
create index audit_events_action_idx on audit_events (action, seq desc);
create index audit_events_object_idx on audit_events (object_type, object_id, seq desc) where object_id is not null;

-- Signed heads of the chain, also kept outside the database.
create table audit_heads (
  seq bigint not null,
  hash bytea not null,
  at timestamptz not null,
  kid text not null,
  signature bytea not null,
  constraint audit_heads_pkey primary key (seq)
);

-- What a threat rule has seen, once per rule and subject while it lasts.
create table security_alerts (
  id uuid not null,
  rule text not null,
  -- what it is about (an account id, a network, a country), never personal data
  subject text not null,
  severity text not null,
  evidence jsonb not null,
  actions text[] not null default '{}',
  state text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  count integer not null default 1,
  resolved_by uuid,
  resolved_at timestamptz,
  resolution text,
  constraint security_alerts_pkey primary key (id),
  constraint security_alerts_severity_check check (severity in ('warning', 'page')),
  constraint security_alerts_state_check check (state in ('open', 'resolved'))
);
create unique index security_alerts_open_idx on security_alerts (rule, subject) where state = 'open';
create index security_alerts_seen_idx on security_alerts (last_seen_at desc, id desc);

-- Counters of the limits that must hold without Redis. Unlogged: a counter lost with a crash is a counter begun anew.
create unlogged table rate_limits (
  key text not null,
  points integer not null,
  expires_at timestamptz not null,
  constraint rate_limits_pkey primary key (key)
);
create index rate_limits_expires_at_idx on rate_limits (expires_at);

-- Appends one event. The lock makes writers queue until the one before has committed, so that the chain has no gap and no fork.
-- hash = sha256(prev_hash || seq | at | … ), fields in the order below, each as its text, null as \N, between unit separators.
create function audit_append(event jsonb) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  last record;
  next_seq bigint;
  previous bytea;
  happened timestamptz := (event->>'at')::timestamptz;
  body text;
begin
  perform pg_advisory_xact_lock(4711, 1);
  select seq, hash into last from audit_events order by seq desc limit 1;
  next_seq := coalesce(last.seq, 0) + 1;
  previous := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  body := concat_ws(chr(31), next_seq::text, to_char(happened at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    event->>'actorKind', coalesce(event->>'actorId', '\N'), coalesce(event->>'sessionId', '\N'),
    coalesce(event->>'network', '\N'), event->>'action', coalesce(event->>'objectType', '\N'),
    coalesce(event->>'objectId', '\N'), coalesce(event->>'reason', '\N'), event->>'result',
    (event->'details')::text, coalesce(event->>'requestId', '\N'));
  insert into audit_events (seq, at, actor_kind, actor_id, session_id, network, action, object_type, object_id, reason,
    result, details, request_id, prev_hash, hash)
  values (next_seq, happened, event->>'actorKind', (event->>'actorId')::uuid, (event->>'sessionId')::uuid, event->>'network',
    event->>'action', event->>'objectType', event->>'objectId', event->>'reason', event->>'result', event->'details',
    event->>'requestId', previous, sha256(previous || convert_to(body, 'UTF8')));
  return next_seq;
end
$$;
