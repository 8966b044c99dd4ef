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

-- What a shop starts with (packages/contracts/src/permissions.ts; a test compares the two). The ids are the same in every shop.
insert into roles (id, code, name_en, name_ar, permissions, limits, created_at, updated_at) values
('01930000-0000-7000-8000-000000000001', 'owner', 'Owner', 'المالك',
   string_to_array('orders.read,orders.write,orders.refund,catalog.read,catalog.write,inventory.read,inventory.write,'
     'customers.read,customers.write,customers.unmask,payments.read,payments.write,exports.run,staff.read,'
     'staff.write,roles.write,sessions.read,sessions.revoke,approvals.decide,audit.read,security.read,'
     'security.write,settings.read,settings.write', ','), '{"refundUpTo":null}', now(), now()),
  ('01930000-0000-7000-8000-000000000002', 'manager', 'Manager', 'المدير',
   string_to_array('orders.read,orders.write,orders.refund,catalog.read,catalog.write,inventory.read,inventory.write,'
     'customers.read,customers.write,customers.unmask,payments.read,payments.write,exports.run,staff.read,'
     'staff.write,sessions.read,sessions.revoke,approvals.decide,audit.read,security.read,security.write,'
     'settings.read', ','), '{"refundUpTo":200000}', now(), now()),
  ('01930000-0000-7000-8000-000000000003', 'catalogue', 'Catalogue', 'الكتالوج',
   string_to_array('catalog.read,catalog.write,inventory.read,inventory.write', ','), '{}', now(), now()),
  ('01930000-0000-7000-8000-000000000004', 'packer', 'Packer', 'التجهيز',
   string_to_array('orders.read,inventory.read', ','), '{}', now(), now()),
  ('01930000-0000-7000-8000-000000000005', 'support', 'Support', 'خدمة العملاء',
   string_to_array('orders.read,orders.write,orders.refund,customers.read,catalog.read,inventory.read,sessions.read,'
     'sessions.revoke', ','), '{"refundUpTo":50000}', now(), now()),
  ('01930000-0000-7000-8000-000000000006', 'accountant', 'Accountant', 'المحاسب',
   string_to_array('orders.read,payments.read,exports.run', ','), '{}', now(), now()),
  ('01930000-0000-7000-8000-000000000007', 'auditor', 'Auditor', 'المدقق',
   string_to_array('orders.read,catalog.read,inventory.read,customers.read,payments.read,staff.read,sessions.read,audit.read,'
     'security.read,settings.read', ','), '{}', now(), now());

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

-- Two people agree on one thing: it does not change between the asking and the agreeing, and is decided once.
create function keep_approval() returns trigger language plpgsql as $$
begin
  if (new.id, new.action, new.subject, new.reason, new.requested_by, new.requested_at, new.expires_at)
    is distinct from (old.id, old.action, old.subject, old.reason, old.requested_by, old.requested_at, old.expires_at)
  then raise exception 'what was asked for cannot change'; end if;
  if old.state <> 'pending' then raise exception 'approval % has been decided', old.id; end if;
  return new;
end
$$;
create trigger approvals_keep before update on approvals for each row execute function keep_approval();

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

-- Who works here, and what they sign in with: for the staff list, and for whoever decides about them.
create view staff_members as
select account.id, account.status, account.data_key, account.name_sealed, account.phone_sealed, account.email_sealed,
  account.email_index, account.locale, account.last_sign_in_at, account.created_at,
  exists (select from totp_secrets totp where totp.account_id = account.id and totp.confirmed_at is not null) as has_totp,
  exists (select from passkeys passkey where passkey.account_id = account.id) as has_passkey,
  (select max(link.expires_at) from one_time_links link
    where link.account_id = account.id and link.purpose = 'staff-invite' and link.used_at is null) as invite_expires_at,
  (select max(session.second_factor_at) from sessions session where session.account_id = account.id) as last_second_factor_at
from accounts account
where account.kind = 'staff' and account.status <> 'erased';

-- Which roles somebody has, for their own page, and for the rule that a shop is never left without an owner.
create view staff_role_names as
select grant_row.account_id, role.id, role.code, role.name_en, role.name_ar
from staff_roles grant_row
join roles role on role.id = grant_row.role_id;

-- Sessions that nobody has ended, with whose they are. Whether one is over by its age, the reader's clock says.
create view account_sessions as
select session.id, session.account_id, session.client, session.country, session.city, session.amr, session.created_at,
  session.last_seen_at, least(session.idle_expires_at, session.expires_at) as expires_at,
  account.kind, account.data_key, account.name_sealed, account.phone_sealed, account.phone_index, account.email_sealed,
  account.email_index
from sessions session
join accounts account on account.id = session.account_id
where session.revoked_at is null and account.status <> 'erased';
