import type {
  CaptureView,
  FraudWarningView,
  listPayments,
  PaymentDetail,
  PaymentListItem,
} from '@dhow/contracts/admin-payments.ts'
import type { QueryOf, ResponseOf } from '@dhow/contracts/endpoint.ts'
import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../../context.ts'
import { pageOf, parsePosition } from '../../../platform/http/list-page.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { transactionsOfOrder } from '../../ledger/ledger.ts'
import { readTimeline } from '../../orders/orders.ts'
import { findStaffNames } from '../../staff/staff.ts'
import { hasNobodyToAsk } from '../provider-of.ts'
import { listLoggedEvents } from '../webhooks/webhook-log.sql.ts'
import { capturesOf } from './captures.sql.ts'
import { disputesOfOrder } from './dispute-lists.sql.ts'
import { toDisputeView } from './dispute-view.ts'
import { fraudWarningsOfOrder } from './fraud-warnings.sql.ts'
import type { FraudWarningRow } from './fraud-warnings.sql.ts'
import { toLedgerView } from './ledger-view.ts'
import { attemptRows, findPaymentRow, listPaymentRows } from './payment-lists.sql.ts'
import type { ListedPayment } from './payment-lists.sql.ts'
import { personOf, viewRefunds } from './refund-view.ts'

/** The newest of an order's webhooks; all are in the log. */
const WEBHOOKS = 50

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

const toListItem = (row: ListedPayment): PaymentListItem => ({
  id: row.id,
  orderNumber: row.orderNumber,
  orderState: row.orderState,
  attempt: row.attempt,
  isCurrent: row.isCurrent,
  provider: row.provider,
  method: row.method,
  state: row.state,
  amount: money(row.amount),
  authorised: money(row.authorisedAmount),
  captured: money(row.capturedAmount),
  refundRequested: money(row.refundRequestedAmount),
  refunded: money(row.refundedAmount),
  heldReason: row.heldReason,
  captureBefore: iso(row.captureBefore),
  alarmLevel: row.alarmLevel,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})

/** Throws `catalog/cursor-invalid`. */
export async function viewPayments(
  ctx: AppContext,
  query: QueryOf<typeof listPayments>,
): Promise<ResponseOf<typeof listPayments>> {
  const { limit, cursor, ...filter } = query
  const found = await listPaymentRows(ctx.db, filter, { before: parsePosition(cursor), limit: limit + 1 })
  const { rows, nextCursor } = pageOf(found, limit, ({ createdAt, id }) => ({ at: createdAt, id }))
  return { items: rows.map(toListItem), nextCursor }
}

async function viewCaptures(ctx: AppContext, paymentId: string): Promise<CaptureView[]> {
  const rows = await capturesOf(ctx.db, paymentId)
  const names = await findStaffNames(ctx, [...new Set(rows.flatMap((row) => row.requestedBy ?? []))])
  return rows.map(({ id, amount, isFinal, state, providerRef, failureReason, requestedBy, createdAt }) => ({
    id,
    amount: money(amount),
    isFinal,
    state,
    providerRef,
    failureReason,
    requestedBy: personOf(names, requestedBy),
    at: createdAt.toISOString(),
  }))
}

async function viewWebhooks(ctx: AppContext, orderNumber: string): Promise<PaymentDetail['webhooks']> {
  const events = await listLoggedEvents(ctx.db, { orderNumber }, { after: undefined, limit: WEBHOOKS })
  return events.map(({ eventId, type, state, receivedAt, failureReason }) => ({
    eventId,
    type,
    state,
    failureReason,
    receivedAt: receivedAt.toISOString(),
  }))
}

const isHeldMoney = (row: ListedPayment): boolean =>
  row.state === 'authorised' && row.orderState === 'confirmed' && row.isCurrent && row.heldReason === null

/** What is known of the attempt alone. */
function factsOf(row: ListedPayment) {
  const { cardBrand, cardLast4 } = row
  return {
    providerRef: row.providerRef,
    providerState: row.providerState,
    card: cardBrand !== null && cardLast4 !== null ? { brand: cardBrand, last4: cardLast4 } : null,
    wallet: row.wallet,
    declineReason: row.declineReason,
    fee: row.feeAmount === null ? null : money(row.feeAmount),
    deadlines: { order: iso(row.deadlineAt), expires: iso(row.expiresAt), capture: iso(row.captureBefore) },
    canCapture: isHeldMoney(row) && !hasNobodyToAsk(row.provider),
    canVoid: isHeldMoney(row),
  }
}

const toWarningView = ({
  paymentId,
  providerRef,
  kind,
  isActionable,
  warnedAt,
}: FraudWarningRow): FraudWarningView => ({
  paymentId,
  providerRef,
  kind,
  isActionable,
  warnedAt: warnedAt.toISOString(),
})

/** The order's timeline, with what payers' banks said: shoppers are not told that somebody calls them frauds. */
async function viewTimeline(
  ctx: AppContext,
  orderId: string,
  { disputes, fraudWarnings }: Pick<PaymentDetail, 'disputes' | 'fraudWarnings'>,
): Promise<PaymentDetail['timeline']> {
  const told = [
    ...fraudWarnings.map(({ warnedAt: at }) => ({ at, kind: 'fraud-warning' as const })),
    ...disputes.map(({ openedAt: at }) => ({ at, kind: 'dispute-opened' as const })),
  ]
  return [...(await readTimeline(ctx.db, orderId)), ...told].toSorted((one, other) => one.at.localeCompare(other.at))
}

/** One payment with everything about its order's money. Throws `payments/not-found`. */
export async function viewPayment(ctx: AppContext, paymentId: string): Promise<PaymentDetail> {
  const row = await findPaymentRow(ctx.db, paymentId)
  if (!row) throw new Problem('payments/not-found')
  const { orderId, orderNumber } = row
  const disputes = (await disputesOfOrder(ctx.db, orderId)).map(toDisputeView)
  const fraudWarnings = (await fraudWarningsOfOrder(ctx.db, orderId)).map(toWarningView)
  return {
    ...toListItem(row),
    ...factsOf(row),
    attempts: (await attemptRows(ctx.db, orderId)).map(toListItem),
    captures: await viewCaptures(ctx, paymentId),
    refunds: await viewRefunds(ctx, { orderId }),
    disputes,
    fraudWarnings,
    ledger: (await transactionsOfOrder(ctx.db, orderId)).map(toLedgerView),
    webhooks: await viewWebhooks(ctx, orderNumber),
    timeline: await viewTimeline(ctx, orderId, { disputes, fraudWarnings }),
  }
}
