import { randomBytes } from 'node:crypto'
import { createApiClient } from '@dhow/api-client/api-client.ts'
import type { CallInput } from '@dhow/api-client/api-client.ts'
import type { Endpoint, ResponseOf } from '@dhow/contracts/endpoint.ts'
import { readyRoles } from '@dhow/contracts/permissions.ts'
import type { Permission } from '@dhow/contracts/permissions.ts'
import type { AppContext } from '../src/context.ts'
import { staffCookies } from '../src/platform/auth/cookies.ts'
import type { ClientFacts } from '../src/platform/auth/client.ts'
import { inTransaction } from '../src/platform/db/database.ts'
import { newId } from '../src/platform/ids.ts'
import { createAccount, openSession } from '../src/slices/identity/identity.ts'

export type ReadyRoleCode = (typeof readyRoles)[number]['code']

export interface StaffWish {
  /** Ready roles; the owner's unless told otherwise. */
  roles?: readonly ReadyRoleCode[]
  /** A role of their own with just these permissions, instead of ready ones. */
  permissions?: readonly Permission[]
  email?: string
  name?: string
  locale?: 'en' | 'ar'
  /** When they gave their second factor: now, unless told otherwise; null when never. */
  secondFactorAt?: Date | null
  status?: 'active' | 'invited' | 'disabled'
}

/** A staff member with a session, calling as the back office's pages do. */
export interface GivenStaff {
  accountId: string
  sessionId: string
  email: string
  name: string
  accessToken: string
  /** Cookie, Origin and X-CSRF-Token of the session, for requests by hand. */
  headers: Record<string, string>
  /** Calls with the session's cookies. Throws ApiProblem when refused. */
  call<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>>
}

/** The id of a ready role, as migration 0009 inserts it. */
export const readyRoleId = (code: ReadyRoleCode): string =>
  `01930000-0000-7000-8000-${String(readyRoles.findIndex((role) => role.code === code) + 1).padStart(12, '0')}`

const clientFacts = (): ClientFacts => ({
  ip: '198.51.100.7',
  network: '198.51.100.0/24',
  deviceId: randomBytes(16).toString('base64url'),
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  place: undefined,
  requestId: newId(),
})

let count = 0

async function makeRole(ctx: AppContext, permissions: readonly Permission[]): Promise<string> {
  const id = newId()
  const at = ctx.clock.now()
  const names = { nameEn: `Role ${id}`, nameAr: `دور ${id}` }
  await ctx.db
    .insertInto('roles')
    .values({ id, code: null, ...names, permissions: [...permissions], limits: '{}', createdAt: at, updatedAt: at })
    .execute()
  return id
}

/** Makes the account, its roles and a session, as if they had been invited and had signed in. */
export async function makeStaff(ctx: AppContext, baseUrl: string, wish: StaffWish = {}): Promise<GivenStaff> {
  count += 1
  const { email = `staff-${count}-${newId()}@dhow.example`, name = `Staff ${count}`, locale = 'en' } = wish
  const { status = 'active', secondFactorAt = ctx.clock.now() } = wish
  const roleIds = wish.permissions
    ? [await makeRole(ctx, wish.permissions)]
    : (wish.roles ?? ['owner']).map((code) => readyRoleId(code))
  const { tokens, account } = await inTransaction(ctx.db, async (tx) => {
    const made = await createAccount(ctx, tx, { kind: 'staff', status: 'active', locale, name, email })
    if (!made) throw new Error(`${email} is a staff member already`)
    const grants = roleIds.map((roleId) => ({
      accountId: made.id,
      roleId,
      grantedBy: null,
      grantedAt: ctx.clock.now(),
    }))
    if (grants.length > 0) await tx.insertInto('staffRoles').values(grants).execute()
    const amr = secondFactorAt ? ['pwd', 'otp', 'mfa'] : ['pwd']
    const session = { accountId: made.id, audience: 'admin-api', client: clientFacts(), amr, secondFactorAt } as const
    const opened = await openSession(ctx, tx, session)
    await tx.updateTable('accounts').set({ status }).where('id', '=', made.id).execute()
    return { tokens: opened, account: made }
  })
  const { accessToken, sessionId } = tokens
  const headers = {
    cookie: `${staffCookies.access}=${accessToken}`,
    origin: new URL(ctx.config.ADMIN_URL).origin,
    'x-csrf-token': ctx.sealer.deriveToken('csrf', sessionId),
  }
  const api = createApiClient({ baseUrl, headers })
  return {
    accountId: account.id,
    sessionId,
    email,
    name,
    accessToken,
    headers,
    call: (endpoint, input) => api.call(endpoint, input),
  }
}
