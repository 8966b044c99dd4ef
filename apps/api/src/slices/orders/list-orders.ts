import type { OrderSummary } from '@dhow/contracts/account.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import { databaseOf } from '../../platform/db/as-customer.ts'
import { Problem } from '../../platform/http/problem.ts'
import { listOrderSummaries } from './customer-orders.sql.ts'
import type { OrderCursor, OrderSummaryRecord } from './customer-orders.sql.ts'
import { toldPaymentState } from './order-state.ts'

/** As many pictures as a row of the list has room for. */
const PICTURES = 4

const shape = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Opaque to callers; milliseconds of when the order was placed, and its id. */
const printCursor = ({ placedAt, id }: OrderCursor): string =>
  Buffer.from(`${placedAt.getTime()}.${id}`).toString('base64url')

function parseCursor(text: string): OrderCursor {
  const [, millis, id] = shape.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? []
  if (millis === undefined || id === undefined) throw new Problem('catalog/cursor-invalid')
  return { placedAt: new Date(Number(millis)), id }
}

function toOrderSummary(order: OrderSummaryRecord, locale: Locale): OrderSummary {
  const isArabic = locale === 'ar'
  return {
    number: order.number,
    state: order.state,
    paymentState: toldPaymentState(order),
    paymentMethod: order.paymentMethod,
    isGivenBack: order.isGivenBack,
    placedAt: order.placedAt.toISOString(),
    grandTotal: money(order.grandTotalAmount),
    itemCount: order.itemCount,
    pictures: order.pictures.map(({ nameEn, nameAr, ...picture }) => ({ ...picture, alt: isArabic ? nameAr : nameEn })),
    firstLineName: isArabic ? order.firstNameAr : order.firstNameEn,
  }
}

/** A page of a customer's orders, newest first, read as that customer. Throws `catalog/cursor-invalid`. */
export async function listOrders(
  ctx: AppContext,
  page: { customerId: string; limit: number; cursor?: string | undefined; locale: Locale },
): Promise<{ items: OrderSummary[]; nextCursor: string | null }> {
  const { customerId, limit, cursor, locale } = page
  const after = cursor === undefined ? undefined : parseCursor(cursor)
  const wanted = { customerId, after, limit: limit + 1, maxPictures: PICTURES }
  const orders = await listOrderSummaries(databaseOf(ctx.db, customerId), wanted)
  const shown = orders.slice(0, limit)
  const last = orders.length > limit ? shown.at(-1) : undefined
  return { items: shown.map((order) => toOrderSummary(order, locale)), nextCursor: last ? printCursor(last) : null }
}
