import { z } from 'zod'
import { OneTimeCode, OtpChallenge } from './auth.ts'
import { Emirate } from './address.ts'
import { defineEndpoint } from './endpoint.ts'
import { OrderView } from './orders.ts'
import { pageOf, pageQuery } from './paging.ts'
import { Id, Instant, Money, OrderNumber, typedText } from './primitives.ts'

const tag = 'Cash on delivery'
const ofOrder = {
  tag,
  auth: 'order-token',
  rateLimit: 'one-time-code',
  params: z.strictObject({ number: OrderNumber }),
} as const

export const requestOrderCode = defineEndpoint({
  id: 'requestOrderCode',
  method: 'POST',
  path: '/orders/{number}/payment/code',
  status: 202,
  ...ofOrder,
  summary: 'Send the code that confirms an order paid in cash, by SMS to the phone it was placed with',
  description:
    'The first message of an address needs nothing; after it `auth/proof-required` asks for the solution of a `getProofOfWork` puzzle.',
  body: z.strictObject({ proofOfWork: z.string().max(4000).optional() }),
  response: OtpChallenge,
  problems: [
    'orders/not-found',
    'cod/not-confirmable',
    'auth/phone-not-accepted',
    'auth/proof-required',
    'auth/codes-unavailable',
  ],
})

export const confirmOrderCode = defineEndpoint({
  id: 'confirmOrderCode',
  method: 'POST',
  path: '/orders/{number}/payment/code/confirm',
  status: 200,
  ...ofOrder,
  summary: 'Promise the cash with the code that was sent: the order is confirmed',
  description: 'Once it is confirmed, asking again answers with the order.',
  body: z.strictObject({ challengeId: Id, code: OneTimeCode }),
  response: OrderView,
  problems: [
    'orders/not-found',
    'cod/not-confirmable',
    'auth/code-invalid',
    'auth/challenge-invalid',
    'auth/codes-unavailable',
  ],
})

const forStaff = { tag, auth: 'staff', rateLimit: 'staff' } as const
/** Records money, so it takes a second factor of the last minutes and is done once however often it is sent. */
const records = { ...forStaff, isFresh: true, idempotency: 'required' } as const
const reason = typedText({ min: 3, max: 200 })
const orderParams = z.strictObject({ number: OrderNumber })

/** `to-confirm` waits for the shopper's code; the others are where the cash is. */
export const cashStates = [
  'to-confirm',
  'pending',
  'collected',
  'remitted',
  'reconciled',
  'refused',
  'cancelled',
] as const
export const CashState = z.enum(cashStates)
export type CashState = z.infer<typeof CashState>

export const CashOrder = z
  .strictObject({
    paymentId: Id,
    orderId: Id,
    number: OrderNumber,
    emirate: Emirate,
    placedAt: Instant,
    state: CashState,
    /** What the courier is to bring. */
    due: Money,
    collected: Money.nullable(),
    remitted: Money.nullable(),
    courier: z.string().nullable(),
    /** Wrong delivery codes so far; at five a person decides. */
    codeTries: z.int(),
    /** Until when the shopper may confirm. */
    confirmBefore: Instant.nullable(),
    collectedAt: Instant.nullable(),
    refusedAt: Instant.nullable(),
    refusalReason: z.string().nullable(),
    /** When what was refused came back from the courier; null while it is out, and where nothing was refused. */
    goodsBackAt: Instant.nullable(),
    /** When a person said that the refusal does not count. */
    forgivenAt: Instant.nullable(),
    /** Collected longer ago than couriers take to bring it. */
    isOverdue: z.boolean(),
  })
  .meta({ id: 'CashOrder' })
export type CashOrder = z.infer<typeof CashOrder>

export const listCashOrders = defineEndpoint({
  ...forStaff,
  id: 'listCashOrders',
  method: 'GET',
  path: '/admin/cod/orders',
  status: 200,
  permission: 'orders.read',
  summary: 'Orders paid in cash, by where the cash is, oldest first',
  query: z.strictObject({
    state: CashState,
    /** With `refused`: only those whose goods have not come back. */
    goods: z.enum(['out']).optional(),
    ...pageQuery,
  }),
  response: pageOf(CashOrder),
  problems: ['catalog/cursor-invalid'],
})

export const listCashRefusers = defineEndpoint({
  ...forStaff,
  id: 'listCashRefusers',
  method: 'GET',
  path: '/admin/cod/refusers',
  status: 200,
  permission: 'orders.read',
  summary: 'Phones whose orders were refused at the door lately, most first; named by their orders, not by number',
  response: z.strictObject({
    items: z.array(
      z.strictObject({
        customerId: Id.nullable(),
        refusals: z.int(),
        lastRefusedAt: Instant,
        orderNumbers: z.array(OrderNumber),
        /** Cash is not offered to them until their refusals are old enough. */
        isBlocked: z.boolean(),
      }),
    ),
  }),
  problems: [],
})

export const collectCash = defineEndpoint({
  ...records,
  id: 'collectCash',
  method: 'POST',
  path: '/admin/cod/orders/{number}/collect',
  status: 200,
  permission: 'orders.write',
  summary: 'The courier has the cash: the amount, and the delivery code or why there is none',
  description:
    'Less than what is due needs `shortReason`, and `payments.write` where more is missing than one may refund alone. Without the delivery code `overrideReason` is needed; after five wrong codes also the permission `payments.write`.',
  params: orderParams,
  body: z.strictObject({
    amount: z.strictObject({ amount: z.int().min(1).max(100_000_000), currency: z.literal('AED') }),
    deliveryCode: OneTimeCode.optional(),
    overrideReason: reason.optional(),
    shortReason: reason.optional(),
    courier: typedText({ min: 1, max: 60 }).optional(),
  }),
  response: CashOrder,
  problems: [
    'orders/not-found',
    'cod/not-collectable',
    'cod/delivery-code-wrong',
    'payments/amount-too-high',
    'request/invalid',
    'auth/forbidden',
  ],
})

export const refuseCash = defineEndpoint({
  ...records,
  id: 'refuseCash',
  method: 'POST',
  path: '/admin/cod/orders/{number}/refuse',
  status: 200,
  permission: 'orders.write',
  summary:
    'The shopper did not take the order at the door: it is cancelled, and counts against paying in cash again; its goods are out until they are received',
  params: orderParams,
  body: z.strictObject({ reason }),
  response: CashOrder,
  problems: ['orders/not-found', 'cod/not-collectable'],
})

export const receiveRefusedGoods = defineEndpoint({
  ...forStaff,
  idempotency: 'required',
  id: 'receiveRefusedGoods',
  method: 'POST',
  path: '/admin/cod/orders/{number}/goods-back',
  status: 200,
  permission: 'orders.write',
  summary: 'What was refused at the door is back from the courier: its goods can be sold again',
  params: orderParams,
  response: CashOrder,
  problems: ['orders/not-found', 'cod/no-goods-out'],
})

export const forgiveCashRefusal = defineEndpoint({
  ...records,
  id: 'forgiveCashRefusal',
  method: 'POST',
  path: '/admin/cod/orders/{number}/forgive',
  status: 200,
  permission: 'orders.write',
  summary:
    'A refusal at the door does not count against the shopper any more: it was a mistake, or they have asked for a review',
  params: orderParams,
  body: z.strictObject({ reason }),
  response: CashOrder,
  problems: ['orders/not-found', 'cod/not-refused'],
})

export const rowOutcomes = [
  'matched',
  'amount-differs',
  'fee-differs',
  'unknown-order',
  'duplicate',
  'not-collected',
] as const
export const RowOutcome = z.enum(rowOutcomes)
export type RowOutcome = z.infer<typeof RowOutcome>

export const RemittanceRow = z
  .strictObject({
    line: z.int(),
    /** As the file has it. */
    orderNumber: z.string(),
    outcome: RowOutcome,
    /** What we have written down as collected; null for what we know nothing of. */
    expected: Money.nullable(),
    collected: Money,
    fee: Money,
    remitted: Money,
    /** Remitted and fee, less what was expected: below zero is missing. */
    variance: Money,
    resolvedAt: Instant.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'RemittanceRow' })
export type RemittanceRow = z.infer<typeof RemittanceRow>

export const RemittanceSummary = z
  .strictObject({
    id: Id,
    courier: z.string(),
    reference: z.string(),
    rowCount: z.int(),
    /** Rows that do not fit and nobody has decided on. */
    openCount: z.int(),
    collected: Money,
    fee: Money,
    remitted: Money,
    variance: Money,
    importedAt: Instant,
  })
  .meta({ id: 'Remittance' })
export type RemittanceSummary = z.infer<typeof RemittanceSummary>

export const RemittanceReport = RemittanceSummary.extend({ rows: z.array(RemittanceRow) }).meta({
  id: 'RemittanceReport',
})
export type RemittanceReport = z.infer<typeof RemittanceReport>

const remittanceParams = z.strictObject({ remittanceId: Id })

export const importRemittance = defineEndpoint({
  ...records,
  id: 'importRemittance',
  method: 'POST',
  path: '/admin/cod/remittances',
  status: 201,
  permission: 'payments.write',
  summary: 'Import what a courier says it has transferred, and hold it against what was collected',
  description:
    'CSV with a header: `order_number`, `collected`, `fee`, `remitted`, and `currency` if wanted; amounts in dirhams such as `120.50`. ' +
    'At most 1,000 rows. One unreadable line refuses the file, and each is named. The same file again is the same import.',
  body: z.strictObject({
    courier: typedText({ min: 1, max: 60 }),
    /** The courier's own name for the transfer. */
    reference: typedText({ min: 1, max: 80 }),
    csv: z.string().min(1, 'required').max(90_000, 'too-long'),
  }),
  response: RemittanceReport,
  problems: ['cod/file-invalid'],
})

export const listRemittances = defineEndpoint({
  ...forStaff,
  id: 'listRemittances',
  method: 'GET',
  path: '/admin/cod/remittances',
  status: 200,
  permission: 'payments.read',
  summary: 'What couriers have transferred, newest first',
  query: z.strictObject({
    /** `1` lists only those with rows nobody has decided on. */
    open: z.enum(['0', '1']).optional(),
    ...pageQuery,
  }),
  response: pageOf(RemittanceSummary),
  problems: ['catalog/cursor-invalid'],
})

export const getRemittance = defineEndpoint({
  ...forStaff,
  id: 'getRemittance',
  method: 'GET',
  path: '/admin/cod/remittances/{remittanceId}',
  status: 200,
  permission: 'payments.read',
  summary: 'One transfer with every row of its file, and where they differ from what was collected',
  params: remittanceParams,
  response: RemittanceReport,
  problems: ['cod/remittance-not-found'],
})

export const exportRemittance = defineEndpoint({
  ...forStaff,
  id: 'exportRemittance',
  method: 'GET',
  path: '/admin/cod/remittances/{remittanceId}/csv',
  status: 200,
  permission: 'payments.read',
  summary: 'The same report as a file for a spreadsheet, in which no cell is a formula',
  params: remittanceParams,
  response: z.strictObject({ fileName: z.string(), csv: z.string() }),
  problems: ['cod/remittance-not-found'],
})

/**
 * `retry` holds the row against what is written down now, of the order `orderNumber` names where the file has it wrong. `settled`: the difference came, or went back, by another transfer.
 * `written-off`: it is our cost. `dismissed`: the money of a row that fits nothing has
 * gone back to the courier, or never came.
 */
export const rowResolutions = ['retry', 'settled', 'written-off', 'dismissed'] as const
export const RowResolution = z.enum(rowResolutions)
export type RowResolution = z.infer<typeof RowResolution>

export const resolveRemittanceRow = defineEndpoint({
  ...records,
  id: 'resolveRemittanceRow',
  method: 'POST',
  path: '/admin/cod/remittances/{remittanceId}/rows/{line}/resolve',
  status: 200,
  permission: 'payments.write',
  summary: 'Decide on a row that does not fit',
  params: remittanceParams.extend({ line: z.coerce.number().int().min(1).max(100_000) }),
  body: z.strictObject({ resolution: RowResolution, orderNumber: OrderNumber.optional(), note: reason }),
  response: RemittanceReport,
  problems: ['cod/remittance-not-found', 'cod/row-not-open'],
})
