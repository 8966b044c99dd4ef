import type { Endpoint } from '@dhow/contracts/endpoint.ts'
import type { Request } from 'express'
import type { AppContext } from '../../context.ts'
import { Problem } from '../http/problem.ts'
import { anonymous } from './actor.ts'
import type { Actor, Authenticator, StaffActor } from './actor.ts'
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
  if (
    (auth === 'staff' || auth === 'staff-enrolling') !== isStaffEndpoint(endpoint) &&
    !path.startsWith('/admin/auth/')
  )
    fault('belongs below /admin if and only if it is for staff')
  if (isFresh && auth !== 'staff' && auth !== 'customer') fault('asks for a fresh proof of somebody it does not know')
}

function bearerOf(request: Request): string | undefined {
  const match = /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')
  return match?.[1]
}

/** CF-1: a request with cookies that changes something must come from the back office's own pages. */
function requireOwnOrigin(ctx: AppContext, request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') throw new Problem('auth/cross-site')
  if (request.headers.origin !== new URL(ctx.config.ADMIN_URL).origin) throw new Problem('auth/cross-site')
}

function requireCsrfToken(ctx: AppContext, request: Request, actor: StaffActor): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const token = request.headers['x-csrf-token']
  if (typeof token !== 'string' || !ctx.sealer.isDerivedToken('csrf', actor.sessionId, token))
    throw new Problem('auth/cross-site')
}

const isFreshAt = (ctx: AppContext, at: Date | null): boolean =>
  at !== null && ctx.clock.now().getTime() - at.getTime() <= FRESH_SECONDS * 1000

async function requireStaff({ ctx, authenticator }: Guard, endpoint: Endpoint, request: Request): Promise<StaffActor> {
  const token = readCookie(ctx.config, request, staffCookies.access)
  const actor = token ? await authenticator.authenticate(token, 'admin-api') : undefined
  if (actor?.kind !== 'staff') throw new Problem('auth/required')
  requireCsrfToken(ctx, request, actor)
  if (endpoint.auth === 'staff-enrolling') {
    if (actor.secondFactorAt !== null) throw new Problem('auth/forbidden')
    return actor
  }
  if (actor.secondFactorAt === null) throw new Problem('auth/second-factor-enrolment-required')
  const { permission } = endpoint
  if (!permission || (permission !== 'self' && !actor.permissions.has(permission)))
    throw new Problem('auth/forbidden', { permission })
  if (endpoint.isFresh && !isFreshAt(ctx, actor.secondFactorAt)) throw new Problem('auth/step-up-required')
  return actor
}

async function requireCustomer({ ctx, authenticator }: Guard, endpoint: Endpoint, request: Request): Promise<Actor> {
  const token = bearerOf(request)
  const actor = token ? await authenticator.authenticate(token, 'shop-api') : undefined
  if (actor?.kind !== 'customer')
    throw new Problem('auth/required', { headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } })
  if (endpoint.isFresh && !isFreshAt(ctx, actor.authenticatedAt)) throw new Problem('auth/confirmation-required')
  return actor
}

/** Who calls, if they may: throws `auth/required`, `auth/forbidden` and their kind otherwise. Deny is the default. */
export async function authorise(guard: Guard, endpoint: Endpoint, request: Request): Promise<Actor> {
  if (isStaffEndpoint(endpoint)) requireOwnOrigin(guard.ctx, request)
  switch (endpoint.auth) {
    case 'staff':
    case 'staff-enrolling':
      return requireStaff(guard, endpoint, request)
    case 'customer':
      return requireCustomer(guard, endpoint, request)
    case 'order-token':
      return bearerOf(request) ? requireCustomer(guard, endpoint, request) : anonymous
    case 'public':
    case 'cart-key':
      return anonymous
    default:
      throw new Problem('auth/forbidden')
  }
}
