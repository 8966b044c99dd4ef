import type { Address, Contact } from '@dhow/contracts/address.ts'
import type { CartView, DeliveryMethod, DeliveryOption } from '@dhow/contracts/cart.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../context.ts'
import { sha256 } from '../../platform/crypto/sealing.ts'
import { Problem } from '../../platform/http/problem.ts'
import { newId, newKey } from '../../platform/ids.ts'
import { currentDeliveryRates, offersTo, totalsOf } from '../pricing/pricing.ts'
import type { DeliveryRate } from '../pricing/pricing.ts'
import { pricedLinesOf, toCartView } from './cart-view.ts'
import {
  acceptLineChanges,
  addCartLine,
  deleteLine,
  findCart,
  insertCart,
  setLineQuantity,
  updateCart,
} from './cart.sql.ts'
import type { CartRecord } from './cart.sql.ts'

type SealedDetails = Partial<Pick<CartRecord, 'contactSealed' | 'addressSealed' | 'emirate'>>

/** Whose cart, and in which language to answer. */
export interface CartCall {
  cartId: string
  locale: Locale
}

async function readCart(ctx: AppContext, key: string): Promise<CartRecord> {
  const cart = await findCart(ctx.db, sha256(key))
  if (!cart) throw new Problem('cart/not-found')
  return cart
}

/** The cart, or `cart/not-found`. */
export async function viewCart(ctx: AppContext, call: CartCall): Promise<CartView> {
  const [cart, rates] = await Promise.all([readCart(ctx, call.cartId), currentDeliveryRates(ctx)])
  return toCartView({ key: call.cartId, cart, rates, now: ctx.clock.now(), locale: call.locale, sealer: ctx.sealer })
}

export async function createCart(ctx: AppContext, locale: Locale): Promise<CartView> {
  const key = newKey()
  const id = newId()
  await insertCart(ctx.db, { id, keyHash: sha256(key), locale, now: ctx.clock.now() })
  const cart: CartRecord = {
    id,
    state: 'open',
    locale,
    dataKey: null,
    contactSealed: null,
    addressSealed: null,
    emirate: null,
    deliveryMethod: null,
    customerId: null,
    orderId: null,
    orderNumber: null,
    orderState: null,
    lines: [],
  }
  return toCartView({
    key,
    cart,
    rates: await currentDeliveryRates(ctx),
    now: ctx.clock.now(),
    locale,
    sealer: ctx.sealer,
  })
}

/** A change found no open cart: says whether there is none, or whether it has become an order (and which). */
async function throwNotOpen(ctx: AppContext, key: string): Promise<never> {
  const cart = await readCart(ctx, key)
  throw new Problem('cart/checked-out', { orderNumber: cart.orderNumber, orderState: cart.orderState })
}

export async function addToCart(
  ctx: AppContext,
  call: CartCall & { variantId: string; quantity: number },
): Promise<CartView> {
  const { variantId, quantity } = call
  const result = await addCartLine(ctx.db, {
    keyHash: sha256(call.cartId),
    lineId: newId(),
    variantId,
    quantity,
    now: ctx.clock.now(),
  })
  if (!result.isCartOpen) await throwNotOpen(ctx, call.cartId)
  if (!result.isForSale) throw new Problem('cart/variant-not-available')
  if (!result.hasRoom) throw new Problem('cart/full')
  if (!result.isAdded)
    throw new Problem('inventory/out-of-stock', { variantId, available: Math.max(0, result.available) })
  return viewCart(ctx, call)
}

export async function changeLineQuantity(
  ctx: AppContext,
  call: CartCall & { lineId: string; quantity: number },
): Promise<CartView> {
  const { lineId, quantity } = call
  const result = await setLineQuantity(ctx.db, { keyHash: sha256(call.cartId), lineId, quantity, now: ctx.clock.now() })
  if (!result.isCartOpen) await throwNotOpen(ctx, call.cartId)
  if (!result.hasLine) throw new Problem('cart/line-not-found')
  if (!result.isChanged) throw new Problem('inventory/out-of-stock', { available: Math.max(0, result.available) })
  return viewCart(ctx, call)
}

export async function removeFromCart(ctx: AppContext, call: CartCall & { lineId: string }): Promise<CartView> {
  const result = await deleteLine(ctx.db, { keyHash: sha256(call.cartId), lineId: call.lineId, now: ctx.clock.now() })
  if (!result.isCartOpen) await throwNotOpen(ctx, call.cartId)
  if (!result.isDeleted) throw new Problem('cart/line-not-found')
  return viewCart(ctx, call)
}

export async function acceptCartChanges(ctx: AppContext, call: CartCall): Promise<CartView> {
  if (!(await acceptLineChanges(ctx.db, { keyHash: sha256(call.cartId), now: ctx.clock.now() })))
    await throwNotOpen(ctx, call.cartId)
  return viewCart(ctx, call)
}

/** The cart after a change of its details: what was read before, with what was written since. */
async function viewChanged(ctx: AppContext, call: CartCall, cart: CartRecord): Promise<CartView> {
  const rates = await currentDeliveryRates(ctx)
  return toCartView({ key: call.cartId, cart, rates, now: ctx.clock.now(), locale: call.locale, sealer: ctx.sealer })
}

/**
 * Who orders and where it goes are sealed under one data key per cart, made when the first of them is written. Two tabs
 * writing at once could make two keys: the guarded write repeats with the key that won. Returns the cart as written.
 */
async function writeSealed(
  ctx: AppContext,
  key: string,
  seal: (dataKey: Buffer) => SealedDetails,
): Promise<CartRecord> {
  for (let isRetry = false; ; isRetry = true) {
    const cart = await readCart(ctx, key)
    const dataKey = cart.dataKey ?? ctx.sealer.newDataKey()
    const details = { ...seal(dataKey), dataKey }
    const guard = { expectedDataKey: cart.dataKey, now: ctx.clock.now() }
    if (await updateCart(ctx.db, sha256(key), { ...details, ...guard })) return { ...cart, ...details }
    if (isRetry || cart.state !== 'open') return throwNotOpen(ctx, key)
  }
}

export async function setContact(ctx: AppContext, call: CartCall & { contact: Contact }): Promise<CartView> {
  const cart = await writeSealed(ctx, call.cartId, (dataKey) => ({
    contactSealed: ctx.sealer.sealJson(dataKey, 'contact', call.contact),
  }))
  return viewChanged(ctx, call, cart)
}

/** Sets the address. A delivery that is not offered there any more shows as not chosen. */
export async function setAddress(ctx: AppContext, call: CartCall & { address: Address }): Promise<CartView> {
  const { emirate } = call.address
  const cart = await writeSealed(ctx, call.cartId, (dataKey) => ({
    addressSealed: ctx.sealer.sealJson(dataKey, 'address', call.address),
    emirate,
  }))
  return viewChanged(ctx, call, cart)
}

function offersFor(ctx: AppContext, cart: CartRecord, rates: readonly DeliveryRate[]): DeliveryOption[] {
  if (!cart.emirate) throw new Problem('cart/incomplete', { missing: ['address'] })
  return offersTo(rates, cart.emirate, totalsOf(pricedLinesOf(cart), null).subtotal, ctx.clock.now())
}

/** Deliveries offered for the cart's address; `cart/incomplete` without one. */
export async function listDeliveryOffers(ctx: AppContext, cartId: string): Promise<DeliveryOption[]> {
  const [cart, rates] = await Promise.all([readCart(ctx, cartId), currentDeliveryRates(ctx)])
  return offersFor(ctx, cart, rates)
}

export async function chooseDelivery(ctx: AppContext, call: CartCall & { method: DeliveryMethod }): Promise<CartView> {
  const [cart, rates] = await Promise.all([readCart(ctx, call.cartId), currentDeliveryRates(ctx)])
  const offers = offersFor(ctx, cart, rates)
  if (!offers.some((offer) => offer.method === call.method)) throw new Problem('cart/delivery-not-available')
  const written = await updateCart(ctx.db, sha256(call.cartId), { deliveryMethod: call.method, now: ctx.clock.now() })
  if (!written) await throwNotOpen(ctx, call.cartId)
  return viewChanged(ctx, call, { ...cart, deliveryMethod: call.method })
}
