import { ApiProblem } from '@dhow/api-client/api-client.ts'
import type { ApiClient } from '@dhow/api-client/api-client.ts'
import { takeCart } from '@dhow/contracts/account.ts'
import type { AddressInput, ContactInput } from '@dhow/contracts/address.ts'
import type { CartView, DeliveryMethod, PaidMethod, PaymentOptions } from '@dhow/contracts/cart.ts'
import * as cart from '@dhow/contracts/cart.ts'
import { checkOutCart, getOrder, refreshPayment } from '@dhow/contracts/orders.ts'
import type { CheckoutResult, OrderView, PaymentAction } from '@dhow/contracts/orders.ts'
import type { ProblemCode } from '@dhow/contracts/problems.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import { money } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import type { RunningSandbox } from '../../sandbox/src/app.ts'
import type { GivenCustomer } from './customer.ts'

export interface CartWish {
  lines: { variant: { id: string }; quantity?: number }[]
  locale?: Locale
}

export interface GuestWish {
  variant?: { id: string }
  quantity?: number
  lines?: CartWish['lines']
  locale?: Locale
  contact?: Partial<ContactInput>
  address?: Partial<AddressInput>
  delivery?: DeliveryMethod
  /** By card unless told otherwise. */
  paymentMethod?: PaidMethod
  /** Store credit pays first; needs a customer. */
  useStoreCredit?: boolean
  /** Signed in: the cart and the order are theirs. */
  customer?: Pick<GivenCustomer, 'call'>
}

/** Success has the order and no `code`; a refusal has the problem. */
export type CheckoutAnswer =
  | ({ status: 201; code?: undefined; problem?: undefined } & CheckoutResult)
  | {
      status: number
      code: ProblemCode
      problem: ApiProblem
      order?: undefined
      token?: undefined
      payment?: undefined
    }

export interface PayAnswer {
  /** Of the provider, as the browser's script sees it: `succeeded`, `requires_action`, `requires_payment_method` … */
  intentId: string
  intentStatus: string
  /** The decline or refusal the script would show. */
  errorCode?: string
}

export interface Guest {
  cartId: string
  cart: CartView
  contact: ContactInput
  address: AddressInput
  /** Checks out; refusals are answers too. A key of its own unless one is given. */
  placeOrder(overrides?: { idempotencyKey?: string; expectedTotal?: Money }): Promise<CheckoutAnswer>
  /** Confirms the payment at the provider as the browser would; places the order first if that was not done. */
  pay(card?: string): Promise<PayAnswer>
  /** What the return page does: has the API ask the provider, and shows the order. */
  refresh(): Promise<OrderView>
  order(): Promise<OrderView>
  /** Whether an order has been placed. */
  placed(): boolean
}

let guestCount = 0

/** A contact nobody else in this file has: an e-mail of its own, a number in a real range. */
export function nextContact(): ContactInput {
  guestCount += 1
  const digits = String(1_000_000 + guestCount).slice(-7)
  return { name: 'Mariam Al Mansoori', email: `guest-${guestCount}@example.com`, phone: `+97150${digits}` }
}

export const addressOf = (contact: ContactInput): AddressInput => ({
  recipientName: contact.name,
  phone: contact.phone,
  emirate: 'AE-DU',
  area: 'Al Barsha 1',
  kind: 'apartment',
  building: 'Marina Heights',
  unit: '1204',
})

/** Starts a cart over HTTP and puts the lines in, one after the other. */
export async function fillCart(api: ApiClient, wish: CartWish): Promise<CartView> {
  const locale = wish.locale ?? 'en'
  let view = await api.call(cart.createCart, { body: { locale }, locale })
  for (const { variant, quantity = 1 } of wish.lines) {
    const body = { variantId: variant.id, quantity }
    view = await api.call(cart.addLine, { params: { cartId: view.id }, body, locale })
  }
  return view
}

interface Shop {
  api: ApiClient
  sandbox: RunningSandbox
}

/** Confirms a card payment as the provider's script in the browser does. */
export async function payByCard(
  { sandbox }: Pick<Shop, 'sandbox'>,
  action: PaymentAction,
  card = 'pm_card_visa',
): Promise<PayAnswer> {
  if (action.kind !== 'client_secret') throw new Error(`nothing to confirm: the action is ${action.kind}`)
  const intentId = action.clientSecret.split('_secret_')[0] ?? ''
  const response = await fetch(`${sandbox.url}/v1/payment_intents/${intentId}/confirm`, {
    method: 'POST',
    body: new URLSearchParams({
      key: action.publishableKey,
      client_secret: action.clientSecret,
      payment_method: card,
      return_url: 'http://localhost:3000/return',
    }),
  })
  const answer = await response.json()
  const intent = answer.payment_intent ?? answer.error?.payment_intent ?? answer
  return { intentId, intentStatus: String(intent.status), errorCode: answer.error?.decline_code ?? answer.error?.code }
}

interface Checkout {
  view: CartView
  locale: Locale
  overrides: { idempotencyKey?: string; expectedTotal?: Money }
  paymentMethod: PaidMethod
  useStoreCredit: boolean
}

/** What the button says for a way to pay. */
export const dueOf = ({ items }: PaymentOptions, method: PaidMethod): Money =>
  items.find((option) => option.method === method)?.due ?? money(0)

async function readDue(api: ApiClient, checkout: Checkout): Promise<Money> {
  const { view, paymentMethod, useStoreCredit } = checkout
  if (paymentMethod === 'card' && !useStoreCredit) return view.totals.grandTotal
  const storeCredit = useStoreCredit || paymentMethod === 'store-credit' ? '1' : '0'
  const options = await api.call(cart.listPaymentMethods, { params: { cartId: view.id }, query: { storeCredit } })
  return dueOf(options, paymentMethod)
}

async function checkOut(api: ApiClient, checkout: Checkout): Promise<CheckoutAnswer> {
  const { view, locale, overrides, paymentMethod, useStoreCredit } = checkout
  const expectedTotal = overrides.expectedTotal ?? (await readDue(api, checkout))
  const body = { paymentMethod, expectedTotal, ...(useStoreCredit && { useStoreCredit }) }
  const idempotencyKey = overrides.idempotencyKey ?? randomUUID()
  try {
    const result = await api.call(checkOutCart, { params: { cartId: view.id }, body, idempotencyKey, locale })
    return { status: 201, ...result }
  } catch (problem) {
    if (!(problem instanceof ApiProblem)) throw problem
    return { status: problem.status, code: problem.code, problem }
  }
}

async function fillFor(api: ApiClient, wish: GuestWish & CartWish): Promise<CartView> {
  const filled = await fillCart(api, wish)
  const taken = await wish.customer?.call(takeCart, { body: { cartId: filled.id } })
  return taken?.cart ?? filled
}

/** A guest whose cart is complete and who only has to press "Pay". */
export async function bringToCheckout({ api, sandbox }: Shop, wish: GuestWish & CartWish): Promise<Guest> {
  const contact = { ...nextContact(), ...wish.contact }
  const address = { ...addressOf(contact), ...wish.address }
  const filled = await fillFor(api, wish)
  const locale = wish.locale ?? 'en'
  const target = { params: { cartId: filled.id }, locale } as const
  await api.call(cart.putContact, { ...target, body: contact })
  await api.call(cart.putAddress, { ...target, body: address })
  const view = await api.call(cart.putDelivery, { ...target, body: { method: wish.delivery ?? 'standard' } })

  let placed: CheckoutResult | undefined
  async function placeOrder(overrides = {}): Promise<CheckoutAnswer> {
    const { paymentMethod = 'card', useStoreCredit = false } = wish
    const answer = await checkOut(api, { view, locale, overrides, paymentMethod, useStoreCredit })
    if (answer.code === undefined) placed = answer
    return answer
  }
  async function requirePlaced(): Promise<CheckoutResult> {
    if (!placed) await placeOrder()
    if (!placed) throw new Error('the order was refused')
    return placed
  }
  async function callOrder(endpoint: typeof getOrder | typeof refreshPayment): Promise<OrderView> {
    const { order, token } = await requirePlaced()
    return api.call(endpoint, { params: { number: order.number }, orderToken: token, locale })
  }
  return {
    cartId: view.id,
    cart: view,
    contact,
    address,
    placeOrder,
    pay: async (card) => payByCard({ sandbox }, (await requirePlaced()).payment.action, card),
    refresh: () => callOrder(refreshPayment),
    order: () => callOrder(getOrder),
    placed: () => placed !== undefined,
  }
}
