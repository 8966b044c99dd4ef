import type { CartView } from '@dhow/contracts/cart.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../context.ts'
import { sha256 } from '../../platform/crypto/sealing.ts'
import { databaseOf } from '../../platform/db/as-customer.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { currentDeliveryRates } from '../pricing/pricing.ts'
import { toCartView } from './cart-view.ts'
import { updateCart } from './cart.sql.ts'
import type { CartRecord } from './cart.sql.ts'
import { mergeLines } from './merge-lines.ts'
import {
  copyDetails,
  findOwnCart,
  giveCartTo,
  listLinesToMerge,
  lockCartsToTake,
  lockCustomersCarts,
  pourLines,
} from './own-carts.sql.ts'
import type { CartToTake } from './own-carts.sql.ts'

/** Whose cart it is to be, and what is known of them. */
export interface CartTaker {
  id: string
  /** Wraps the key their cart's own key is sealed under, for their other devices. */
  dataKey: Buffer
  name: string | null
  phone: string | null
  email: string | null
}

export interface TakeCart {
  customer: CartTaker
  /** The cart this device has had so far; null when it has none. */
  cartKey: string | null
  locale: Locale
}

const keyPurpose = (cartId: string): string => `carts.key.${cartId}`

async function pour(tx: Tx, { from, to, now }: { from: CartToTake; to: CartToTake; now: Date }): Promise<number> {
  const lines = await listLinesToMerge(tx, [from.id, to.id])
  const merged = mergeLines(
    lines.filter((line) => line.cartId === to.id),
    lines.filter((line) => line.cartId === from.id),
  )
  if (from.hasDetails && !to.hasDetails) await copyDetails(tx, { fromId: from.id, toId: to.id })
  await pourLines(tx, { ...merged, fromId: from.id, toId: to.id, now })
  return merged.raised.length + merged.movedIds.length
}

/**
 * Makes a guest's cart the customer's, or pours it into the one they have. A cart that is unknown, checked out or somebody
 * else's is left alone: all three look the same. Returns how many lines of a cart the customer had already came in or grew.
 */
async function bringCart(
  ctx: AppContext,
  tx: Tx,
  { customer, cartKey }: { customer: CartTaker; cartKey: string },
): Promise<number> {
  const customerId = customer.id
  const now = ctx.clock.now()
  await lockCustomersCarts(tx, customerId)
  const carts = await lockCartsToTake(tx, { customerId, keyHash: sha256(cartKey) })
  const guests = carts.find((cart) => cart.isNamed && cart.customerId === null && cart.state === 'open')
  const own = carts.find((cart) => cart.customerId === customerId && cart.state === 'open')
  if (!guests) return 0
  if (own) return pour(tx, { from: guests, to: own, now })
  const keySealed = ctx.sealer.sealJson(customer.dataKey, keyPurpose(guests.id), cartKey)
  await giveCartTo(tx, { id: guests.id, customerId, keySealed, now })
  return 0
}

/** A customer of whom all is known need not type it: their contact is put in where there is none. */
async function withContact(
  ctx: AppContext,
  cart: CartRecord,
  { key, customer }: { key: string; customer: CartTaker },
): Promise<CartRecord> {
  const { name, phone, email } = customer
  if (cart.contactSealed || name === null || phone === null || email === null) return cart
  const dataKey = cart.dataKey ?? ctx.sealer.newDataKey()
  const details = { dataKey, contactSealed: ctx.sealer.sealJson(dataKey, 'contact', { name, phone, email }) }
  const guard = { expectedDataKey: cart.dataKey, now: ctx.clock.now() }
  return (await updateCart(ctx.db, sha256(key), { ...details, ...guard })) ? { ...cart, ...details } : cart
}

/** The customer's cart on this device: the one they have, joined by the one they filled before they signed in. */
export async function takeCart(
  ctx: AppContext,
  { customer, cartKey, locale }: TakeCart,
): Promise<{ cart: CartView | null; addedLines: number }> {
  const addedLines =
    cartKey === null ? 0 : await inTransaction(ctx.db, (tx) => bringCart(ctx, tx, { customer, cartKey }))
  const own = await findOwnCart(databaseOf(ctx.db, customer.id), customer.id)
  if (!own) return { cart: null, addedLines }
  const key = String(ctx.sealer.openJson(customer.dataKey, keyPurpose(own.id), own.keySealed))
  const cart = await withContact(ctx, own, { key, customer })
  const [rates, now] = [await currentDeliveryRates(ctx), ctx.clock.now()]
  return { cart: toCartView({ key, cart, rates, now, locale, sealer: ctx.sealer }), addedLines }
}
