import type { Endpoint } from '@dhow/contracts/endpoint.ts'
import type { ProblemCode } from '@dhow/contracts/problems.ts'
import type { RoleLimits } from '@dhow/contracts/permissions.ts'
import type { ClientFacts } from './client.ts'

/** Who a token is for. One audience's token is no token to the other. */
export type Audience = 'shop-api' | 'admin-api'

export interface Anonymous {
  kind: 'anonymous'
}

export interface CustomerActor {
  kind: 'customer'
  accountId: string
  sessionId: string
  /** When they last proved who they are: by signing in or confirming. */
  authenticatedAt: Date
  amr: readonly string[]
}

export interface StaffActor {
  kind: 'staff'
  accountId: string
  sessionId: string
  authenticatedAt: Date
  /** Null until a second factor was given: such a session may do nothing but enrol one. */
  secondFactorAt: Date | null
  amr: readonly string[]
  permissions: ReadonlySet<string>
  /** The widest of the limits of all roles. */
  limits: RoleLimits
}

export type Actor = Anonymous | CustomerActor | StaffActor

export const anonymous: Anonymous = { kind: 'anonymous' }

/** Whom a handler of the endpoint is called for. */
export type ActorOf<E extends Endpoint> = E['auth'] extends 'customer'
  ? CustomerActor
  : E['auth'] extends 'staff' | 'staff-enrolling'
    ? StaffActor
    : E['auth'] extends 'order-token'
      ? Anonymous | CustomerActor
      : Anonymous

export interface Authenticator {
  /** Turns an access token into whoever may act by it: undefined when it is forged, foreign, expired, revoked, or its account shut out. */
  authenticate(token: string, audience: Audience): Promise<Actor | undefined>
  /** Keeps in the audit log that somebody we know was not let through. */
  recordDenial(denial: { actor: Actor; endpointId: string; code: ProblemCode; client: ClientFacts }): Promise<void>
}
