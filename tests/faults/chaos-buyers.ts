import { ApiProblem, createApiClient } from '@dhow/api-client/api-client.ts'
import type { ApiClient } from '@dhow/api-client/api-client.ts'
import { listPaymentMethods } from '@dhow/contracts/cart.ts'
import type { PaymentMethod } from '@dhow/contracts/cart.ts'
import { confirmOrderCode, requestOrderCode } from '@dhow/contracts/cod.ts'
import { changePaymentMethod, checkOutCart, listOrderPaymentMethods, refreshPayment } from '@dhow/contracts/orders.ts'
import type { CheckoutResult } from '@dhow/contracts/orders.ts'
import type { Money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import type { TestApp } from '../../apps/api/test/app.ts'

/** What a shopper does at the provider once the order is placed. */
export const deeds = ['pays', 'is refused', 'leaves'] as const
export type Deed = (typeof deeds)[number]

/** One shopper of the storm: how they pay, whether they come back to the website, and what they try after a refusal. */
export interface BuyerFate {
  method: PaymentMethod
  deed: Deed
  /** The browser comes back from the provider; else only webhooks and polls can tell us. */
  returns: boolean
  /** Tried when the first did not end in money. */
  second: PaymentMethod | null
}

async function dueByMethod(api: ApiClient, params: { cartId: string }, method: PaymentMethod): Promise<Money> {
  const { items } = await api.call(listPaymentMethods, { params, query: {} })
  const option = items.find((item) => item.method === method)
  if (!option) throw new Error(`${method} is not offered`)
  return option.due
}

/** What the order's page does with the answer of checkout or of a change of method. */
export async function act(app: TestApp, placed: CheckoutResult, deed: Deed, phone: string): Promise<void> {
  const { action, id } = placed.payment
  const { control } = app.sandbox
  if (action.kind === 'client_secret') {
    if (deed === 'leaves') return
    await fetch(`${app.sandbox.url}/v1/payment_intents/${action.clientSecret.split('_secret_')[0]}/confirm`, {
      method: 'POST',
      body: new URLSearchParams({
        key: action.publishableKey,
        client_secret: action.clientSecret,
        payment_method: deed === 'pays' ? 'pm_card_visa' : 'pm_card_visa_chargeDeclined',
        return_url: 'http://localhost:3000/return',
      }),
    })
    return
  }
  if (action.kind === 'code') {
    if (deed !== 'pays') return
    const api = createApiClient({ baseUrl: app.baseUrl })
    const call = { params: { number: placed.order.number }, orderToken: placed.token }
    const { challengeId } = await api.call(requestOrderCode, { ...call, body: {} })
    const code = control.lastCode(phone) ?? ''
    await api.call(confirmOrderCode, { ...call, body: { challengeId, code } })
    return
  }
  if (action.kind === 'none') return
  const row = await app.db
    .selectFrom('payments')
    .select(['provider', 'providerRef'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const ref = row.providerRef ?? ''
  if (row.provider === 'tabby') {
    if (deed === 'pays') control.tabby.approve(ref)
    else if (deed === 'is refused') control.tabby.reject(ref)
    else control.tabby.abandon(ref)
    return
  }
  if (deed === 'pays') control.tamara.approve(ref)
  else if (deed === 'is refused') control.tamara.decline(ref)
  else control.tamara.cancel(ref)
}

/** Goes through the shop as their fate says. Returns the order's number. Refusals by the shop are part of the storm. */
export async function buy(app: TestApp, variant: { id: string }, fate: BuyerFate): Promise<string> {
  const api = createApiClient({ baseUrl: app.baseUrl })
  const guest = await app.given.guestAtCheckout({ variant })
  const params = { cartId: guest.cartId }
  const expectedTotal = await dueByMethod(api, params, fate.method)
  const body = { paymentMethod: fate.method, expectedTotal }
  const placed = await api.call(checkOutCart, { params, body, idempotencyKey: randomUUID() })
  await act(app, placed, fate.deed, guest.contact.phone)
  const call = { params: { number: placed.order.number }, orderToken: placed.token }
  if (fate.returns) await api.call(refreshPayment, call)
  if (fate.second !== null && fate.deed !== 'pays')
    await tryAgain(app, api, { placed, call, phone: guest.contact.phone, method: fate.second })
  return placed.order.number
}

interface SecondTry {
  placed: CheckoutResult
  call: { params: { number: string }; orderToken: string }
  phone: string
  method: PaymentMethod
}

async function tryAgain(app: TestApp, api: ApiClient, { call, phone, method }: SecondTry): Promise<void> {
  try {
    const { items } = await api.call(listOrderPaymentMethods, { ...call, query: {} })
    const option = items.find((item) => item.method === method)
    if (!option) return
    const body = { paymentMethod: method, expectedTotal: option.due }
    const changed = await api.call(changePaymentMethod, { ...call, body, idempotencyKey: randomUUID() })
    await act(app, changed, 'pays', phone)
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
  }
}
