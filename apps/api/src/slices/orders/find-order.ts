import type { Address, Contact } from '@dhow/contracts/address.ts'
import type { OrderView } from '@dhow/contracts/orders.ts'
import { normaliseMobile } from '@dhow/contracts/phone.ts'
import { asciiDigits, OrderNumber } from '@dhow/contracts/primitives.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../context.ts'
import type { Anonymous, CustomerActor } from '../../platform/auth/actor.ts'
import { databaseOf } from '../../platform/db/as-customer.ts'
import { Problem } from '../../platform/http/problem.ts'
import { openOrderDetails, toOrderView } from './order-view.ts'
import { findOrder, findOrderByContact } from './order-record.sql.ts'
import type { OrderRecord } from './order-record.sql.ts'

/** Which order, and what permits to see it: its token, or being the customer whose it is. */
export interface OrderCall {
  number: string
  orderToken: string
  actor: Anonymous | CustomerActor
  locale: Locale
}

async function findByToken(ctx: AppContext, { number, orderToken }: OrderCall): Promise<OrderRecord | undefined> {
  const order = await findOrder(ctx.db, { number })
  return order && ctx.sealer.isOrderToken(order.id, orderToken) ? order : undefined
}

/** As the customer, so that a mistake here shows nobody else's. */
async function findOwn(ctx: AppContext, { number, actor }: OrderCall): Promise<OrderRecord | undefined> {
  if (actor.kind !== 'customer') return undefined
  const customerId = actor.accountId
  return findOrder(databaseOf(ctx.db, customerId), { number, customerId })
}

/** The order, or `orders/not-found` for an unknown number, a wrong token and somebody else's order alike. */
export async function readOrder(ctx: AppContext, call: OrderCall): Promise<OrderRecord> {
  const order = (await findOwn(ctx, call)) ?? (call.orderToken === '' ? undefined : await findByToken(ctx, call))
  if (!order) throw new Problem('orders/not-found')
  return order
}

export const viewOrder = async (ctx: AppContext, call: OrderCall): Promise<OrderView> =>
  toOrderView(await readOrder(ctx, call), call.locale, ctx.sealer)

/** Crockford base32 as people read it aloud: O is 0, I and L are 1; the dashes and the DH are optional. */
export function readOrderNumber(typed: string): string | undefined {
  const plain = asciiDigits(typed)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/^DH(?=.{8})/, '') // a number may itself begin with DH
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  return OrderNumber.safeParse(`DH-${plain.slice(0, 4)}-${plain.slice(4)}`).data
}

const emailIndexText = (email: string): string => email.normalize('NFKC').trim().toLowerCase()

export const emailIndexOf = (ctx: AppContext, email: string): Buffer =>
  ctx.sealer.blindIndex('orders.email', emailIndexText(email))
export const phoneIndexOf = (ctx: AppContext, e164: string): Buffer => ctx.sealer.blindIndex('orders.phone', e164)

/** Blind indexes an order is found by. */
export const contactIndexes = (ctx: AppContext, contact: { email: string; phone: string }) => ({
  emailIndex: emailIndexOf(ctx, contact.email),
  phoneIndex: phoneIndexOf(ctx, contact.phone),
})

/** Finds an order for somebody who lost its link. Wrong pair and unknown number are one answer. */
export async function lookUpOrder(
  ctx: AppContext,
  typed: { number: string; phoneOrEmail: string },
): Promise<{ number: string; token: string }> {
  const number = readOrderNumber(typed.number)
  const phone = normaliseMobile(typed.phoneOrEmail)
  const index = [emailIndexOf(ctx, typed.phoneOrEmail)]
  if (phone) index.push(phoneIndexOf(ctx, phone))
  const order = number ? await findOrderByContact(ctx.db, { number, index }) : undefined
  if (!order) throw new Problem('orders/not-found')
  return { number: order.number, token: ctx.sealer.orderToken(order.id) }
}

export interface OrderForNotification {
  record: OrderRecord
  view: OrderView
  contact: Contact
  address: Address
  token: string
}

/** Everything a message about an order needs, in the order's own language. Undefined when there is no such order. */
export async function findOrderForNotification(
  ctx: AppContext,
  orderId: string,
): Promise<OrderForNotification | undefined> {
  const record = await findOrder(ctx.db, { id: orderId })
  if (!record) return undefined
  const details = openOrderDetails(ctx.sealer, record)
  return {
    record,
    view: toOrderView(record, record.locale, ctx.sealer),
    ...details,
    token: ctx.sealer.orderToken(orderId),
  }
}
