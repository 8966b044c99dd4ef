import type { AppContext } from '../../context.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { ProviderName } from '../../providers/payments/port.ts'
import { post } from './post.sql.ts'
import { isBooked } from './read-ledger.sql.ts'
import type { LedgerAccount, LedgerPosting } from './post.sql.ts'

/**
 * Every way money is booked, in one file. Each takes the transaction of the change it books, and the same cause books once.
 * All amounts are minor units and positive unless said otherwise.
 */
type Ctx = Pick<AppContext, 'clock'>

/** Where a provider's money stands between the shopper and our bank. */
export const clearingOf = (provider: ProviderName): LedgerAccount =>
  provider === 'cod' ? 'cash' : `clearing:${provider}`

interface OfOrder {
  orderId: string
}

export interface Sale extends OfOrder {
  /** VAT included; without cash rounding. */
  grandTotal: number
  vat: number
}

/**
 * The order is agreed and backed by money, or by a promise of cash: the shopper owes its total. Money that has been taken at the
 * same moment is booked with it, in one statement.
 */
export const postSale = (
  ctx: Ctx,
  tx: Tx,
  { orderId, grandTotal, vat }: Sale,
  taken?: MoneyTaken,
): Promise<boolean> => {
  const sale = {
    kind: 'sale',
    source: `sale:${orderId}`,
    orderId,
    paymentId: null,
    lines: [
      { account: 'customer' as const, amount: grandTotal },
      { account: 'sales' as const, amount: vat - grandTotal },
      { account: 'vat' as const, amount: -vat },
    ],
  }
  return post(ctx, tx, sale, ...(taken ? [captureOf(taken)] : []))
}

/** A confirmed order was called off before any of its money was taken; `grandTotal` and `vat` are what the sale booked. */
export const postSaleReversed = (ctx: Ctx, tx: Tx, { orderId, grandTotal, vat }: Sale): Promise<boolean> =>
  post(ctx, tx, {
    kind: 'sale-reversed',
    source: `sale-reversed:${orderId}`,
    orderId,
    paymentId: null,
    lines: [
      { account: 'customer', amount: -grandTotal },
      { account: 'sales', amount: grandTotal - vat },
      { account: 'vat', amount: vat },
    ],
  })

/** Part of a sale is not delivered and its money let go: what was held and is not taken. `source` names the cause. */
export const postSaleReduced = (
  ctx: Ctx,
  tx: Tx,
  cut: OfOrder & { paymentId: string; amount: number; vat: number; source: string },
): Promise<boolean> =>
  post(ctx, tx, {
    kind: 'sale-reduced',
    source: `sale-reduced:${cut.source}`,
    orderId: cut.orderId,
    paymentId: cut.paymentId,
    lines: [
      { account: 'customer', amount: -cut.amount },
      { account: 'sales', amount: cut.amount - cut.vat },
      { account: 'vat', amount: cut.vat },
    ],
  })

export interface MoneyTaken extends OfOrder {
  paymentId: string
  provider: ProviderName
  amount: number
  /** What has been taken of the payment in all, this included: the same height is booked once. */
  capturedAmount: number
}

const captureOf = (taken: MoneyTaken): LedgerPosting => ({
  kind: 'capture',
  source: `capture:${taken.paymentId}:${taken.capturedAmount}`,
  orderId: taken.orderId,
  paymentId: taken.paymentId,
  lines: [
    { account: clearingOf(taken.provider), amount: taken.amount },
    { account: 'customer', amount: -taken.amount },
  ],
})

/** A provider has taken money for us. */
export const postCapture = (ctx: Ctx, tx: Tx, taken: MoneyTaken): Promise<boolean> => post(ctx, tx, captureOf(taken))

export interface GivenBack extends OfOrder {
  refundId: string
  paymentId: string | null
  provider: ProviderName | null
  /** Credit goes to this customer; null when the money goes back where it came from. */
  creditTo: string | null
  amount: number
  vat: number
  /** Of `amount`, what was never a sale: goodwill. */
  other: number
  /** Zero or less: what cash rounding had left unpaid of what is undone, and is not given back. */
  rounding?: number
  /** False for money that paid for nothing, such as paying twice: then no sale is undone. */
  isOfSale: boolean
}

/** Money was given back, and the sale it was for is undone as far. */
export function postRefund(ctx: Ctx, tx: Tx, refund: GivenBack): Promise<boolean> {
  const { amount, vat, other, rounding = 0, creditTo, provider } = refund
  const ofSale = amount - other - rounding
  const undone = refund.isOfSale
    ? [
        { account: 'sales' as const, amount: ofSale - vat },
        { account: 'vat' as const, amount: vat },
        { account: 'goodwill' as const, amount: other },
        { account: 'rounding' as const, amount: rounding },
      ]
    : [{ account: 'customer' as const, amount }]
  const paidFrom =
    creditTo === null
      ? { account: clearingOf(provider ?? 'cod'), amount: -amount }
      : { account: 'store-credit' as const, amount: -amount, customerId: creditTo }
  return post(ctx, tx, {
    kind: 'refund',
    source: `refund:${refund.refundId}`,
    orderId: refund.orderId,
    paymentId: refund.paymentId,
    lines: [...undone, paidFrom],
  })
}

/** A refund that was reported done has failed later: the money is with the provider again. The mirror of {@link postRefund}. */
export function postRefundFailed(ctx: Ctx, tx: Tx, refund: GivenBack): Promise<boolean> {
  const { amount, vat, other, rounding = 0, creditTo, provider } = refund
  const restored = refund.isOfSale
    ? [
        { account: 'sales' as const, amount: vat - (amount - other - rounding) },
        { account: 'vat' as const, amount: -vat },
        { account: 'goodwill' as const, amount: -other },
        { account: 'rounding' as const, amount: -rounding },
      ]
    : [{ account: 'customer' as const, amount: -amount }]
  const backWith =
    creditTo === null
      ? { account: clearingOf(provider ?? 'cod'), amount }
      : { account: 'store-credit' as const, amount, customerId: creditTo }
  return post(ctx, tx, {
    kind: 'refund-failed',
    source: `refund-failed:${refund.refundId}`,
    orderId: refund.orderId,
    paymentId: refund.paymentId,
    lines: [...restored, backWith],
  })
}

/** A provider keeps its fee. `source` is the provider's own id of the movement. Negative when it gives a fee back. */
export const postFee = (
  ctx: Ctx,
  tx: Tx,
  fee: { provider: ProviderName; source: string; amount: number; paymentId: string | null; orderId: string | null },
): Promise<boolean> =>
  post(ctx, tx, {
    kind: 'fee',
    source: `fee:${fee.provider}:${fee.source}`,
    orderId: fee.orderId,
    paymentId: fee.paymentId,
    lines: [
      { account: 'fees', amount: fee.amount },
      { account: clearingOf(fee.provider), amount: -fee.amount },
    ],
  })

/** A provider has paid out to our bank. `isFailed`: it came back. */
export const postPayout = (
  ctx: Ctx,
  tx: Tx,
  payout: { provider: ProviderName; source: string; amount: number; isFailed: boolean },
): Promise<boolean> =>
  post(ctx, tx, {
    kind: payout.isFailed ? 'payout-failed' : 'payout',
    source: `${payout.isFailed ? 'payout-failed' : 'payout'}:${payout.provider}:${payout.source}`,
    orderId: null,
    paymentId: null,
    lines: [
      { account: 'bank', amount: payout.isFailed ? -payout.amount : payout.amount },
      { account: clearingOf(payout.provider), amount: payout.isFailed ? payout.amount : -payout.amount },
    ],
  })

/** A disputed amount was taken back by the provider, or, negative, returned to us. `source` is its own id of the movement. */
export const postDispute = (
  ctx: Ctx,
  tx: Tx,
  dispute: { provider: ProviderName; source: string; amount: number; paymentId: string; orderId: string },
): Promise<boolean> =>
  post(ctx, tx, {
    kind: 'dispute',
    source: `dispute:${dispute.provider}:${dispute.source}`,
    orderId: dispute.orderId,
    paymentId: dispute.paymentId,
    lines: [
      { account: 'disputes', amount: dispute.amount },
      { account: clearingOf(dispute.provider), amount: -dispute.amount },
    ],
  })

/** Cash was rounded when it was collected (UAE facts §1.2). `rounding` is signed, below zero when the shopper pays less. */
export const postCashRounding = (
  ctx: Ctx,
  tx: Tx,
  rounded: OfOrder & { paymentId: string; rounding: number },
): Promise<boolean> =>
  post(ctx, tx, {
    kind: 'rounding',
    source: `rounding:${rounded.paymentId}`,
    orderId: rounded.orderId,
    paymentId: rounded.paymentId,
    lines: [
      { account: 'rounding', amount: -rounded.rounding },
      { account: 'customer', amount: rounded.rounding },
    ],
  })

/** A courier has brought collected cash to our bank, less what it keeps. */
export const postRemittance = (
  ctx: Ctx,
  tx: Tx,
  row: OfOrder & { paymentId: string; source: string; remitted: number; fee: number },
): Promise<boolean> =>
  post(ctx, tx, {
    kind: 'remittance',
    source: `remittance:${row.source}`,
    orderId: row.orderId,
    paymentId: row.paymentId,
    lines: [
      { account: 'bank', amount: row.remitted },
      { account: 'fees', amount: row.fee },
      { account: 'cash', amount: -(row.remitted + row.fee) },
    ],
  })

export interface Unmatched {
  source: string
  amount: number
}

const unmatched = (kind: 'unmatched' | 'unmatched-settled', { source, amount }: Unmatched): LedgerPosting => ({
  kind,
  source: `${kind}:${source}`,
  orderId: null,
  paymentId: null,
  lines: [
    { account: 'bank', amount },
    { account: 'suspense', amount: -amount },
  ],
})

/** A transfer holds money that fits nothing of ours: it is in our bank all the same. */
export const postUnmatched = (ctx: Ctx, tx: Tx, rows: readonly Unmatched[]): Promise<boolean> =>
  post(ctx, tx, ...rows.map((row) => unmatched('unmatched', row)))

/** It turned out to be something's, which is booked beside this, or went back. */
export const postUnmatchedSettled = (ctx: Ctx, tx: Tx, { source, amount }: Unmatched): Promise<boolean> =>
  post(ctx, tx, unmatched('unmatched-settled', { source, amount: -amount }))

/** Store credit pays for an order. */
export const postCreditSpent = (
  ctx: Ctx,
  tx: Tx,
  spent: OfOrder & { customerId: string; amount: number; source: string },
): Promise<boolean> =>
  post(ctx, tx, {
    kind: 'credit-spent',
    source: `credit-spent:${spent.source}`,
    orderId: spent.orderId,
    paymentId: null,
    lines: [
      { account: 'store-credit', amount: spent.amount, customerId: spent.customerId },
      { account: 'customer', amount: -spent.amount },
    ],
  })

/** The order it paid for was given up: the credit is the customer's again. */
export const postCreditReturned = (
  ctx: Ctx,
  tx: Tx,
  returned: OfOrder & { customerId: string; amount: number; source: string },
): Promise<boolean> =>
  post(ctx, tx, {
    kind: 'credit-returned',
    source: `credit-returned:${returned.source}`,
    orderId: returned.orderId,
    paymentId: null,
    lines: [
      { account: 'customer', amount: returned.amount },
      { account: 'store-credit', amount: -returned.amount, customerId: returned.customerId },
    ],
  })

const creditAdjusted = (source: string): string => `credit-adjusted:${source}`

/** Whether {@link postCreditAdjusted} has booked this. */
export const isCreditAdjusted = (tx: Tx, source: string): Promise<boolean> => isBooked(tx, creditAdjusted(source))

/** Staff gave or took credit by hand. `amount` is signed: below zero takes. */
export const postCreditAdjusted = (
  ctx: Ctx,
  tx: Tx,
  change: { customerId: string; amount: number; source: string },
): Promise<boolean> =>
  post(ctx, tx, {
    kind: 'credit-adjusted',
    source: creditAdjusted(change.source),
    orderId: null,
    paymentId: null,
    lines: [
      { account: 'goodwill', amount: change.amount },
      { account: 'store-credit', amount: -change.amount, customerId: change.customerId },
    ],
  })
