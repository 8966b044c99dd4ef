import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { pageOf, pageQuery } from './paging.ts'
import { Id, Instant, OrderNumber, typedText } from './primitives.ts'

const tag = 'Payments (staff)'
const base = { tag, auth: 'staff', rateLimit: 'staff' } as const

/** Whose books are compared: providers', the cash couriers hold, and the shop's own ledger with its orders and credit. */
export const reconciledBooks = ['stripe', 'tabby', 'tamara', 'cod', 'shop'] as const
export const ReconciledBooks = z.enum(reconciledBooks)
export type ReconciledBooks = z.infer<typeof ReconciledBooks>

export const runKinds = ['open', 'recent', 'nightly', 'manual'] as const
export const RunKind = z.enum(runKinds)
export type RunKind = z.infer<typeof RunKind>

export const differenceClasses = [
  'missing-here',
  'missing-there',
  'amount',
  'state',
  'currency',
  'duplicate',
  'fee',
  'payout',
  'ledger',
] as const
export const DifferenceClass = z.enum(differenceClasses).meta({ id: 'DifferenceClass' })
export type DifferenceClass = z.infer<typeof DifferenceClass>

export const ReconciliationRun = z
  .strictObject({
    id: Id,
    provider: ReconciledBooks,
    kind: RunKind,
    from: Instant,
    to: Instant,
    state: z.enum(['running', 'finished', 'failed']),
    compared: z.int(),
    differences: z.int(),
    healed: z.int(),
    failureReason: z.string().nullable(),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'ReconciliationRun' })
export type ReconciliationRun = z.infer<typeof ReconciliationRun>

/** Amounts, states and ids, as the one and the other have them. */
const Side = z.record(z.string(), z.union([z.string(), z.int(), z.boolean(), z.null()]))

export const ReconciliationDifference = z
  .strictObject({
    id: Id,
    runId: Id,
    provider: ReconciledBooks,
    class: DifferenceClass,
    /** The provider's name of it; for the shop's own books an order, a customer or an account. */
    providerRef: z.string(),
    paymentId: Id.nullable(),
    orderId: Id.nullable(),
    orderNumber: OrderNumber.nullable(),
    ours: Side,
    theirs: Side,
    state: z.enum(['open', 'healed', 'resolved']),
    firstSeenAt: Instant,
    lastSeenAt: Instant,
    resolvedAt: Instant.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'ReconciliationDifference' })
export type ReconciliationDifference = z.infer<typeof ReconciliationDifference>

const Sums = z.strictObject({
  count: z.int(),
  captured: z.int(),
  refunded: z.int(),
  fees: z.int(),
  paidOut: z.int(),
})
export const ReconciliationTotals = z
  .strictObject({ ours: Sums, theirs: Sums, foreign: z.int() })
  .meta({ id: 'ReconciliationTotals', description: 'Sums of what was compared, in minor units of AED.' })

export const getReconciliation = defineEndpoint({
  ...base,
  permission: 'payments.read',
  id: 'getReconciliation',
  method: 'GET',
  path: '/admin/reconciliation',
  status: 200,
  summary: 'Whether our books agree with everybody else’s, and when we last looked',
  response: z.strictObject({
    books: z.array(
      z.strictObject({
        provider: ReconciledBooks,
        lastSuccessAt: Instant.nullable(),
        lastNightlyAt: Instant.nullable(),
        /** Nobody has managed to look for an hour. */
        isStale: z.boolean(),
        openDifferences: z.int(),
        /** Of the last long comparison. */
        totals: ReconciliationTotals.nullable(),
      }),
    ),
  }),
  problems: [],
})

export const listReconciliationRuns = defineEndpoint({
  ...base,
  permission: 'payments.read',
  id: 'listReconciliationRuns',
  method: 'GET',
  path: '/admin/reconciliation/runs',
  status: 200,
  summary: 'Comparisons, newest first',
  query: z.strictObject({ provider: ReconciledBooks.optional(), kind: RunKind.optional(), ...pageQuery }),
  response: pageOf(ReconciliationRun),
  problems: ['catalog/cursor-invalid'],
})

export const listReconciliationDifferences = defineEndpoint({
  ...base,
  permission: 'payments.read',
  id: 'listReconciliationDifferences',
  method: 'GET',
  path: '/admin/reconciliation/differences',
  status: 200,
  summary: 'What does not agree, newest first',
  query: z.strictObject({
    provider: ReconciledBooks.optional(),
    class: DifferenceClass.optional(),
    state: z.enum(['open', 'healed', 'resolved', 'all']).default('open'),
    ...pageQuery,
  }),
  response: pageOf(ReconciliationDifference),
  problems: ['catalog/cursor-invalid'],
})

export const resolveReconciliationDifference = defineEndpoint({
  ...base,
  permission: 'payments.write',
  isFresh: true,
  id: 'resolveReconciliationDifference',
  method: 'POST',
  path: '/admin/reconciliation/differences/{differenceId}/resolve',
  status: 200,
  summary: 'Say why a difference may stay; the same one is not reported again',
  params: z.strictObject({ differenceId: Id }),
  body: z.strictObject({ note: typedText({ min: 3, max: 500 }) }),
  response: ReconciliationDifference,
  problems: ['reconciliation/not-found'],
})

export const startReconciliation = defineEndpoint({
  ...base,
  permission: 'payments.write',
  isFresh: true,
  idempotency: 'optional',
  id: 'startReconciliation',
  method: 'POST',
  path: '/admin/reconciliation/runs',
  status: 202,
  summary: 'Compare now; the worker does it',
  body: z
    .strictObject({ provider: ReconciledBooks.optional(), from: Instant.optional(), to: Instant.optional() })
    .meta({ description: 'Without times the last 24 hours, at most 35 days; without a provider all of them.' }),
  response: z.strictObject({ queued: z.array(ReconciledBooks) }),
  problems: [],
})
