import { z } from 'zod'
import { MAX_FILS, PositiveMoney, reasonText, refundParts, RefundView } from './admin-payments.ts'
import { defineEndpoint } from './endpoint.ts'
import { pageOf, pageQuery } from './paging.ts'
import { Id, maxCartLines, maxLineQuantity, Money, OrderNumber } from './primitives.ts'
import { ApprovalView } from './staff.ts'

const base = { tag: 'Payments (staff)', auth: 'staff', rateLimit: 'staff' } as const
const reads = { ...base, permission: 'orders.read' } as const
const orderParams = z.strictObject({ number: OrderNumber })

const Sold = z.strictObject({
  sold: Money,
  given: Money,
  left: Money,
  /** VAT contained in `left`. */
  leftVat: Money,
})

/** What can still be given back of an order, and what stands in the way. */
export const RefundOptions = z
  .strictObject({
    orderNumber: OrderNumber,
    /** Taken from the shopper by any means, store credit included. */
    paid: Money,
    /** Given back or on its way. */
    given: Money,
    left: Money,
    /** Of `left`, what the provider of the payment would give back; the rest is store credit. */
    leftAtProvider: Money,
    destinations: z.array(z.enum(['original', 'store-credit'])),
    /** Why the provider gives nothing back just now. */
    blockedBy: z.enum(['disputed', 'not-captured', 'provider-not-configured']).nullable(),
    /** How much one may still give back of this order without a second person. */
    leftWithoutApproval: Money,
    lines: z.array(
      Sold.extend({
        lineId: Id,
        sku: z.string(),
        names: z.strictObject({ en: z.string(), ar: z.string() }),
        quantity: z.int(),
        givenQuantity: z.int(),
      }),
    ),
    delivery: Sold,
    paymentFee: Sold,
    refunds: z.array(RefundView),
  })
  .meta({ id: 'RefundOptions' })
export type RefundOptions = z.infer<typeof RefundOptions>

/** What of an order is given back. Lines come back by whole units, or by an amount where the goods stay with the shopper. */
export const RefundWish = z.strictObject({
  lines: z
    .array(
      z.union([
        z.strictObject({ lineId: Id, quantity: z.int().min(1).max(maxLineQuantity) }),
        z.strictObject({ lineId: Id, amount: PositiveMoney }),
      ]),
    )
    .max(maxCartLines)
    .refine((lines) => new Set(lines.map((line) => line.lineId)).size === lines.length, 'duplicate')
    .default([]),
  delivery: PositiveMoney.optional(),
  paymentFee: PositiveMoney.optional(),
  /** Goodwill: carries no VAT, for nothing that was sold is undone. */
  other: PositiveMoney.optional(),
  destination: z.enum(['original', 'store-credit']),
})
export type RefundWish = z.infer<typeof RefundWish>

export const RefundPlan = z
  .strictObject({
    ...refundParts,
    /** Where it goes: the provider first, then store credit. */
    parts: z.array(z.strictObject({ destination: z.enum(['original', 'store-credit']), amount: Money })),
    /** Somebody else has to agree. */
    needsApproval: z.boolean(),
  })
  .meta({ id: 'RefundPlan' })
export type RefundPlan = z.infer<typeof RefundPlan>

export const getRefundOptions = defineEndpoint({
  ...reads,
  id: 'getRefundOptions',
  method: 'GET',
  path: '/admin/orders/{number}/refunds',
  status: 200,
  summary: 'What can still be given back of an order, by line with VAT, and what was',
  params: orderParams,
  response: RefundOptions,
  problems: ['orders/not-found'],
})

const planProblems = [
  'orders/not-found',
  'refunds/nothing-left',
  'refunds/destination-not-possible',
  'payments/disputed',
  'payments/operation-in-progress',
  'payments/method-not-available',
] as const

export const previewRefund = defineEndpoint({
  ...base,
  permission: 'orders.refund',
  id: 'previewRefund',
  method: 'POST',
  path: '/admin/orders/{number}/refunds/preview',
  status: 200,
  summary: 'What a refund would come to and where it would go, without giving anything back',
  params: orderParams,
  body: RefundWish,
  response: RefundPlan,
  problems: planProblems,
})

export const createRefund = defineEndpoint({
  ...base,
  permission: 'orders.refund',
  isFresh: true,
  idempotency: 'required',
  id: 'createRefund',
  method: 'POST',
  path: '/admin/orders/{number}/refunds',
  status: 202,
  summary: 'Give money back, or ask a second person to agree',
  description: `To the original method what its provider took goes back first, then what store credit paid. Above one's own limit, or the shop's, another person has to agree; limits count everything an order was given back without one. At most ${MAX_FILS} fils at once.`,
  params: orderParams,
  body: RefundWish.extend({
    /** What the preview said: refused when it comes to something else by now. */
    expectedAmount: PositiveMoney,
    reason: reasonText,
  }),
  response: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('requested'), refunds: z.array(RefundView) }),
      z.strictObject({ kind: z.literal('approval-requested'), approval: ApprovalView }),
    ])
    .meta({ id: 'RefundRequested' }),
  problems: [...planProblems, 'refunds/amount-changed'],
})

export const listRefunds = defineEndpoint({
  ...reads,
  id: 'listRefunds',
  method: 'GET',
  path: '/admin/refunds',
  status: 200,
  summary: 'Refunds, newest first',
  query: z.strictObject({
    state: z.enum(['requested', 'pending', 'succeeded', 'failed']).optional(),
    ...pageQuery,
  }),
  response: pageOf(RefundView),
  problems: ['catalog/cursor-invalid'],
})

export const getRefund = defineEndpoint({
  ...reads,
  id: 'getRefund',
  method: 'GET',
  path: '/admin/refunds/{refundId}',
  status: 200,
  summary: 'One refund',
  params: z.strictObject({ refundId: Id }),
  response: RefundView,
  problems: ['refunds/not-found'],
})
