import type { Endpoint } from '@dhow/contracts/endpoint.ts'
import type { ProblemCode } from '@dhow/contracts/problems.ts'
import type { Request } from 'express'
import type { AppContext } from '../../context.ts'
import { Problem } from '../http/problem.ts'
import { requestIdOf } from '../http/request.ts'
import { anonymous } from './actor.ts'
import type { Actor, Authenticator, StaffActor } from './actor.ts'
import { clientOf } from './client.ts'
import { readCookie, staffCookies } from './cookies.ts'

/** How long a proof of who somebody is opens what `isFresh` endpoints guard. */
export const FRESH_SECONDS = 300

interface Guard {
  ctx: AppContext
  authenticator: Authenticator
}

const isStaffEndpoint = (endpoint: Endpoint): boolean => endpoint.path.startsWith('/admin/')

/**
 * Throws when a declaration would let in more than it says: an endpoint of the back office must be `staff` with a permission, or
 * a step of signing in; and nothing else may ask for a permission.
 */
export function checkDeclaration(endpoint: Endpoint): void {
  const { auth, permission, isFresh, path } = endpoint
  const fault = (text: string): never => {
    throw new Error(`${endpoint.id}: ${text}`)
  }
  if (!auth) fault('says not who may call it')
  if (auth === 'staff' && !permission) fault('is for staff, but names no permission')
  if (auth !== 'staff' && permission) fault(`names a permission, which ${auth} callers do not have`)
  const isForStaff = auth === 'staff' || auth === 'staff-enrolling'
  const isSigningIn = auth === 'public' && path.startsWith('/admin/auth/')
  if (isStaffEndpoint(endpoint) ? !isForStaff && !isSigningIn : isForStaff)
    fault('belongs below /admin if and only if it is for staff')
  if (isFresh && auth !== 'staff' && auth !== 'customer') fault('asks for a fresh proof of somebody it does not know')
}

/** Whatever calls itself a bearer token, so that a malformed one is refused and not overlooked. */
function bearerOf(request: Request): string | undefined {
  const match = /^Bearer(?:\s+(.*))?$/is.exec(request.headers.authorization ?? '')
  return match ? (match[1] ?? '') : undefined
}

const changesNothing = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD'

/** CF-1: a request with cookies that changes something must come from the back office's own pages. */
function requireOwnOrigin(ctx: AppContext, request: Request): void {
  if (changesNothing(request)) return
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') throw new Problem('auth/cross-site')
  if (request.headers.origin !== new URL(ctx.config.ADMIN_URL).origin) throw new Problem('auth/cross-site')
}

function hasCsrfToken(ctx: AppContext, request: Request, actor: StaffActor): boolean {
  const token = request.headers['x-csrf-token']
  return typeof token === 'string' && ctx.sealer.isDerivedToken('csrf', actor.sessionId, token)
}

const isFreshAt = (ctx: AppContext, at: Date | null): boolean =>
  at !== null && ctx.clock.now().getTime() - at.getTime() <= FRESH_SECONDS * 1000

/** Why a staff member may not call, if they may not. */
function refusalOf(ctx: AppContext, endpoint: Endpoint, request: Request, actor: StaffActor): ProblemCode | undefined {
  const { auth, permission, isFresh } = endpoint
  if (!changesNothing(request) && !hasCsrfToken(ctx, request, actor)) return 'auth/cross-site'
  if (auth === 'staff-enrolling') return actor.secondFactorAt === null ? undefined : 'auth/forbidden'
  if (actor.secondFactorAt === null) return 'auth/second-factor-enrolment-required'
  if (!permission || (permission !== 'self' && !actor.permissions.has(permission))) return 'auth/forbidden'
  if (isFresh && !isFreshAt(ctx, actor.secondFactorAt)) return 'auth/step-up-required'
  return undefined
}

/** Asking for another factor is everyday life; these are somebody trying a door. */
const denials: readonly ProblemCode[] = ['auth/forbidden', 'auth/cross-site']

async function requireStaff({ ctx, authenticator }: Guard, endpoint: Endpoint, request: Request): Promise<StaffActor> {
  const token = readCookie(ctx.config, request, staffCookies.access)
  const actor = token ? await authenticator.authenticate(token, 'admin-api') : undefined
  if (actor?.kind !== 'staff') throw new Problem('auth/required')
  const code = refusalOf(ctx, endpoint, request, actor)
  if (code === undefined) return actor
  if (denials.includes(code)) {
    const requestId = request.res ? requestIdOf(request.res) : ''
    const client = clientOf(request, { requestId, isBehindEdge: ctx.config.GEO_HEADERS === 'cloudflare' })
    await authenticator.recordDenial({ actor, endpointId: endpoint.id, code, client })
  }
  throw new Problem(code, code === 'auth/forbidden' ? { permission: endpoint.permission } : {})
}

async function requireCustomer({ ctx, authenticator }: Guard, endpoint: Endpoint, request: Request): Promise<Actor> {
  const token = bearerOf(request)
  const actor = token !== undefined ? await authenticator.authenticate(token, 'shop-api') : undefined
  if (actor?.kind !== 'customer')
    throw new Problem('auth/required', { headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } })
  if (endpoint.isFresh && !isFreshAt(ctx, actor.authenticatedAt)) throw new Problem('auth/confirmation-required')
  return actor
}

/** Who calls, if they may: throws `auth/required`, `auth/forbidden` and their kind otherwise. Deny is the default. */
export async function authorise(guard: Guard, endpoint: Endpoint, request: Request): Promise<Actor> {
  if (isStaffEndpoint(endpoint)) {
    if (!guard.ctx.staffAddresses.has(request.ip ?? '')) throw new Problem('auth/forbidden')
    requireOwnOrigin(guard.ctx, request)
  }
  switch (endpoint.auth) {
    case 'staff':
    case 'staff-enrolling':
      return requireStaff(guard, endpoint, request)
    case 'customer':
      return requireCustomer(guard, endpoint, request)
    case 'order-token':
      return bearerOf(request) !== undefined ? requireCustomer(guard, endpoint, request) : anonymous
    case 'public':
    case 'cart-key':
      return anonymous
    default:
      throw new Problem('auth/forbidden')
  }
}
