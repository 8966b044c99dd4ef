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

-- Nobody changes what was written, the owner of the table included: a repair must drop these triggers first, and be seen to.
create function audit_refuse() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end
$$;
create trigger audit_events_append_only before update or delete or truncate on audit_events
for each statement execute function audit_refuse();
create trigger audit_heads_append_only before update or delete or truncate on audit_heads
for each statement execute function audit_refuse();

-- The text of an event that is hashed: its fields in this order, null as \N, between unit separators.
create function audit_body(event audit_events) returns text
language sql stable set search_path = public, pg_temp set timezone = 'UTC' as $$
  select concat_ws(chr(31), event.seq::text, to_char(event.at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), event.actor_kind,
    coalesce(event.actor_id::text, '\N'), coalesce(event.session_id::text, '\N'), coalesce(event.network, '\N'), event.action,
    coalesce(event.object_type, '\N'), coalesce(event.object_id, '\N'), coalesce(event.reason, '\N'), event.result,
    event.details::text, coalesce(event.request_id, '\N'))
$$;

-- Appends one event. The lock makes writers queue until the one before has committed, so that the chain has no gap and no fork.
-- hash = sha256(prev_hash || audit_body)
create function audit_append(fields jsonb) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
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
$$;

-- What a threat rule has set against somebody, until it ends by itself or by resolving the alert.
create table security_measures (
  -- 'network:203.0.113.0/24' or 'everyone'
  subject text not null,
  measure text not null,
  alert_id uuid not null,
  until timestamptz not null,
  constraint security_measures_pkey primary key (subject, measure),
  constraint security_measures_alert_fkey foreign key (alert_id) references security_alerts (id),
  constraint security_measures_measure_check check (measure in ('slow-sign-in'))
);

-- Threat rules look at the newest sign-ins, and at what the account did before.
create index sessions_created_at_idx on sessions (created_at);
create index sessions_account_created_at_idx on sessions (account_id, created_at);

-- What threat rules read of the audit log and of sessions.
create view audit_trail as select seq, at, actor_kind, actor_id, network, action, object_id, result from audit_events;

-- Each sign-in with what its account did before. A session that another has replaced is the same sign-in, and its successor is here.
create view sign_ins as
select session.id as session_id, session.account_id, session.audience, session.network, session.country, session.created_at as at,
  session.latitude, session.longitude, before.place as before, earlier.sessions = 0 as is_first,
  coalesce(earlier.knows_device, false) as knows_device, coalesce(earlier.knows_country, false) as knows_country
from sessions session
cross join lateral (
  select count(*) as sessions, bool_or(other.device_id = session.device_id) as knows_device,
    bool_or(other.country is not distinct from session.country) as knows_country
  from sessions other where other.account_id = session.account_id and other.created_at < session.created_at
) earlier
left join lateral (
  select json_build_object('at', other.created_at, 'latitude', other.latitude, 'longitude', other.longitude) as place
  from sessions other
  where other.account_id = session.account_id and other.created_at < session.created_at and other.latitude is not null
  order by other.created_at desc limit 1
) before on true
where session.revoked_reason is distinct from 'replaced';
