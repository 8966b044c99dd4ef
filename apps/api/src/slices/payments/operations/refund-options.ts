import type { listRefunds, RefundOptions } from '@dhow/contracts/admin-refunds.ts'
import type { QueryOf, ResponseOf } from '@dhow/contracts/endpoint.ts'
import { money } from '@dhow/money/money.ts'
import type { RefundView } from '@dhow/contracts/admin-payments.ts'
import type { StaffActor } from '../../../platform/auth/actor.ts'
import type { AppContext } from '../../../context.ts'
import { pageOf, parsePosition } from '../../../platform/http/list-page.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { mayGiveAlone } from '../../staff/staff.ts'
import { vatOfPart } from './allocate-refund.ts'
import type { Sold } from './allocate-refund.ts'
import { isRefundBlocked } from './disputes.sql.ts'
import { givenOf, leftAlone, leftAtProvider, leftOf, paidFor, soldDelivery, soldFee, soldUnits } from './plan-refund.ts'
import type { RefundBasis } from './plan-refund.ts'
import { readBasis } from './refund-basis.ts'
import { listRefundRows } from './refund-lists.sql.ts'
import { viewRefunds } from './refund-view.ts'

function soldView(sold: Sold) {
  const left = sold.amount - sold.givenAmount
  return {
    sold: money(sold.amount),
    given: money(sold.givenAmount),
    left: money(left),
    leftVat: money(vatOfPart(sold, left)),
  }
}

async function blockedBy(ctx: AppContext, basis: RefundBasis): Promise<RefundOptions['blockedBy']> {
  const { payment } = basis
  if (leftAtProvider(basis) === 0 || payment.provider === 'cod' || payment.provider === 'store-credit') return null
  if (!ctx.providers.payments[payment.provider]) return 'provider-not-configured'
  if (payment.state !== 'captured') return 'not-captured'
  return (await isRefundBlocked(ctx.db, payment.id)) ? 'disputed' : null
}

function destinationsOf({ order, payment }: RefundBasis): RefundOptions['destinations'] {
  const credit = order.customerId === null ? [] : (['store-credit'] as const)
  return payment.provider === 'cod' ? [...credit] : ['original', ...credit]
}

/** What can still be given back of an order, as `actor` may. Throws `orders/not-found`. */
export async function viewOptions(
  ctx: AppContext,
  { number, actor }: { number: string; actor: StaffActor },
): Promise<RefundOptions> {
  const basis = await readBasis(ctx.db, { number })
  const { order } = basis
  const alone = await mayGiveAlone(ctx, ctx.db, actor)
  return {
    orderNumber: order.number,
    paid: money(paidFor(basis)),
    given: money(givenOf(basis)),
    left: money(leftOf(basis)),
    leftAtProvider: money(leftAtProvider(basis)),
    destinations: leftOf(basis) === 0 ? [] : destinationsOf(basis),
    blockedBy: await blockedBy(ctx, basis),
    leftWithoutApproval: money(leftAlone(alone, basis)),
    lines: order.lines.map((line) => {
      const sold = soldUnits(basis, line)
      return {
        ...soldView(sold),
        lineId: line.id,
        sku: line.sku,
        names: { en: line.nameEn, ar: line.nameAr },
        quantity: sold.quantity,
        givenQuantity: sold.givenQuantity,
      }
    }),
    delivery: soldView(soldDelivery(order)),
    paymentFee: soldView(soldFee(order)),
    refunds: await viewRefunds(ctx, { orderId: order.id }),
  }
}

/** Throws `catalog/cursor-invalid`. */
export async function viewRefundList(
  ctx: AppContext,
  { state, limit, cursor }: QueryOf<typeof listRefunds>,
): Promise<ResponseOf<typeof listRefunds>> {
  const found = await listRefundRows(ctx.db, { state, before: parsePosition(cursor), limit: limit + 1 })
  const { rows, nextCursor } = pageOf(found, limit, ({ createdAt, id }) => ({ at: createdAt, id }))
  return { items: await viewRefunds(ctx, { ids: rows.map((row) => row.id) }), nextCursor }
}

/** Throws `refunds/not-found`. */
export async function viewRefund(ctx: AppContext, refundId: string): Promise<RefundView> {
  const [refund] = await viewRefunds(ctx, { ids: [refundId] })
  if (!refund) throw new Problem('refunds/not-found')
  return refund
}
