import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { pageOf, pageQuery } from './paging.ts'
import { Id, Instant, typedText } from './primitives.ts'

const tag = 'Audit and security'
const base = { tag, auth: 'staff', rateLimit: 'staff' } as const

export const AuditEvent = z
  .strictObject({
    seq: z.int(),
    at: Instant,
    actor: z.strictObject({
      kind: z.enum(['anonymous', 'customer', 'staff', 'system']),
      id: Id.nullable(),
      /** The staff member's name; customers stay an id. */
      label: z.string().nullable(),
    }),
    network: z.string().nullable(),
    action: z.string(),
    object: z.strictObject({ type: z.string(), id: z.string().nullable() }).nullable(),
    reason: z.string().nullable(),
    result: z.enum(['ok', 'refused', 'failed']),
    details: z.record(z.string(), z.unknown()),
    requestId: z.string().nullable(),
    hash: z.string().meta({ description: 'SHA-256 in hex, over this event and the hash before it.' }),
  })
  .meta({ id: 'AuditEvent' })
export type AuditEvent = z.infer<typeof AuditEvent>

export const listAuditEvents = defineEndpoint({
  ...base,
  permission: 'audit.read',
  id: 'listAuditEvents',
  method: 'GET',
  path: '/admin/audit-events',
  status: 200,
  summary: 'Who did what, newest first',
  query: z.strictObject({
    /** Begins with: `auth.` finds every event of signing in. */
    action: typedText({ max: 80 }).optional(),
    actorId: Id.optional(),
    objectType: typedText({ max: 40 }).optional(),
    objectId: typedText({ max: 80 }).optional(),
    result: z.enum(['ok', 'refused', 'failed']).optional(),
    from: Instant.optional(),
    to: Instant.optional(),
    ...pageQuery,
  }),
  response: pageOf(AuditEvent),
  problems: ['catalog/cursor-invalid'],
})

export const AuditVerification = z
  .strictObject({
    isIntact: z.boolean(),
    checked: z.int(),
    firstBadSeq: z.int().nullable(),
    reason: z.string().nullable(),
    lastSignedAt: Instant.nullable(),
  })
  .meta({ id: 'AuditVerification' })
export type AuditVerification = z.infer<typeof AuditVerification>

export const verifyAudit = defineEndpoint({
  ...base,
  permission: 'audit.read',
  id: 'verifyAudit',
  method: 'POST',
  path: '/admin/audit-events/verify',
  status: 200,
  summary: 'Recompute the newest part of the chain and hold it against its signed heads',
  description: 'The whole chain is verified every hour, and by `npm run audit:verify`.',
  response: AuditVerification,
  problems: [],
})

export const SecurityAlert = z
  .strictObject({
    id: Id,
    rule: z.string(),
    subject: z.string(),
    severity: z.enum(['warning', 'page']),
    evidence: z.record(z.string(), z.unknown()),
    actions: z.array(z.string()),
    state: z.enum(['open', 'resolved']),
    firstSeenAt: Instant,
    lastSeenAt: Instant,
    count: z.int(),
    resolvedAt: Instant.nullable(),
    resolution: z.string().nullable(),
  })
  .meta({ id: 'SecurityAlert' })
export type SecurityAlert = z.infer<typeof SecurityAlert>

export const listSecurityAlerts = defineEndpoint({
  ...base,
  permission: 'security.read',
  id: 'listSecurityAlerts',
  method: 'GET',
  path: '/admin/security-alerts',
  status: 200,
  summary: 'What the threat rules have seen, newest first',
  query: z.strictObject({ state: z.enum(['open', 'resolved', 'all']).default('open') }),
  response: z.strictObject({ items: z.array(SecurityAlert) }),
  problems: [],
})

export const resolveSecurityAlert = defineEndpoint({
  ...base,
  permission: 'security.write',
  id: 'resolveSecurityAlert',
  method: 'POST',
  path: '/admin/security-alerts/{alertId}/resolve',
  status: 200,
  summary: 'Say what it was; blocks the rule has set end',
  params: z.strictObject({ alertId: Id }),
  body: z.strictObject({ resolution: typedText({ min: 3, max: 300 }) }),
  response: SecurityAlert,
  problems: ['security/alert-not-found'],
})
