-- Staff: what a role permits, who has it, and what two people must agree on.
create table roles (
  id uuid not null,
  -- of the ready roles; null for the merchant's own
  code text,
  name_en text not null,
  name_ar text not null,
  permissions text[] not null,
  -- {"refundUpTo": 50000}: minor units; a missing limit permits nothing, null is no limit
  limits jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint roles_pkey primary key (id),
  constraint roles_code_key unique (code)
);

create table staff_roles (
  account_id uuid not null,
  role_id uuid not null,
  granted_by uuid,
  granted_at timestamptz not null,
  constraint staff_roles_pkey primary key (account_id, role_id),
  constraint staff_roles_account_fkey foreign key (account_id) references accounts (id) on delete cascade,
  constraint staff_roles_role_fkey foreign key (role_id) references roles (id)
);
create index staff_roles_role_idx on staff_roles (role_id);

-- Asked for by one person, agreed to by another, within half an hour. What was asked cannot change.
create table approvals (
  id uuid not null,
  action text not null,
  -- what will be done, as the action's own schema reads it; never personal data
  subject jsonb not null,
  reason text not null,
  state text not null,
  requested_by uuid not null,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  constraint approvals_pkey primary key (id),
  constraint approvals_requester_fkey foreign key (requested_by) references accounts (id),
  constraint approvals_decider_fkey foreign key (decided_by) references accounts (id),
  constraint approvals_state_check check (state in ('pending', 'approved', 'rejected', 'withdrawn')),
  constraint approvals_decided_check check ((state = 'pending') = (decided_by is null)),
  -- nobody approves what they asked for, whatever the code does
  constraint approvals_two_people_check check (state <> 'approved' or decided_by <> requested_by)
);
create index approvals_pending_idx on approvals (expires_at) where state = 'pending';

-- What a request may do, in one read: the session, whether its account may still act, and the staff member's permissions.
create view session_actors as
select session.id as session_id, session.account_id, session.audience, session.amr, session.authenticated_at,
  session.second_factor_at, session.idle_expires_at, session.expires_at,
  session.revoked_at is not null or account.status <> 'active' as is_ended,
  account.status as account_status,
  coalesce(granted.permissions, '{}') as permissions, coalesce(granted.limits, '[]') as limits
from sessions session
join accounts account on account.id = session.account_id
left join lateral (
  select array_agg(distinct permission) as permissions, jsonb_agg(distinct role.limits) as limits
  from staff_roles grant_row
  join roles role on role.id = grant_row.role_id
  left join lateral unnest(role.permissions) permission on true
  where grant_row.account_id = session.account_id
) granted on session.audience = 'admin-api';
