import type { Client } from 'pg'

/**
 * The role everything but migrations works as, whoever logs in: it owns nothing, changes no schema, and may only add to what is
 * append-only. A migration's login that may not create roles finds this one made by an administrator (README, Production).
 */
export const APP_ROLE = 'dhow_app'

/** Tables the application adds to and never changes; `audit_events` it does not even add to: a function of the owner does. */
const appendOnly = ['audit_heads', 'customer_consents', 'ledger_transactions', 'ledger_entries']
const readOnly = ['audit_events', 'schema_migrations']

/** What signed-in customers' data is read and written as: sees the rows of one account (`as-customer.ts`). */
export const CUSTOMER_ROLE = 'dhow_customer'

const createRole = (role: string): string => `do $$ begin
  if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
exception when duplicate_object or unique_violation then null; -- another database of this cluster was faster
end $$`

/**
 * Makes the roles that are not there, before any migration names them. Each in a transaction of its own: one in which another
 * database's was faster does not see that one's role.
 */
export async function createRoles(client: Client): Promise<void> {
  for (const role of [APP_ROLE, CUSTOMER_ROLE]) await client.query(createRole(role))
}

const grants = ['public', 'graphile_worker'].flatMap((schema) => [
  `grant usage on schema ${schema} to ${APP_ROLE}`,
  `grant select, insert, update, delete on all tables in schema ${schema} to ${APP_ROLE}`,
  `grant usage, select on all sequences in schema ${schema} to ${APP_ROLE}`,
  `grant execute on all functions in schema ${schema} to ${APP_ROLE}`,
])

/** Where rows are guarded, the application itself sees them all; what guards customers from each other are their own policies. */
const passPolicies = `do $$ declare guarded record; begin
  for guarded in select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relrowsecurity and n.nspname in ('public', 'graphile_worker')
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = '${APP_ROLE}')
  loop execute format('create policy ${APP_ROLE} on %s to ${APP_ROLE} using (true) with check (true)', guarded.name); end loop;
end $$`

/** Gives the application's role what this release needs, after every migration. Doing it again changes nothing. */
export async function grantToApp(client: Client): Promise<void> {
  const statements = [
    ...grants,
    `revoke update, delete, truncate on ${appendOnly.join(', ')} from ${APP_ROLE}`,
    `revoke insert, update, delete, truncate on ${readOnly.join(', ')} from ${APP_ROLE}`,
    passPolicies,
  ]
  await client.query(`begin; ${statements.join('; ')}; commit`)
}
