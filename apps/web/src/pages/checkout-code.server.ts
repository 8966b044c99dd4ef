import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { OneTimeCode } from '@dhow/contracts/auth.ts'
import { confirmOrderCode } from '@dhow/contracts/cod.ts'
import { z } from 'zod'
import { findWaitingOrder } from '../features/checkout/waiting-order.ts'
import { sendCode } from '../features/checkout/order-code.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { FormValues } from '../framework/form.ts'
import type { Action, ActionResult, PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { unbrokenMobile } from '../server/address-fields.ts'
import { forgetCode, sentCodeOf } from '../server/code-cookie.ts'
import { parseForm, refusedFields } from '../server/forms.ts'
import { toHeldOrder, toSummary } from '../server/held-order.ts'
import { secondsUntil } from '../server/seconds-until.ts'
import { askOrder, findShopperCart, releaseOrder, unless } from '../server/shopper-cart.ts'
import { tellWrongCode } from '../server/wrong-code.ts'
import { Page } from './checkout-code.page.tsx'
import type { CheckoutCodeData } from './checkout-code.page.tsx'

const numberOf = (ctx: PageContext): string => ctx.query.get('order') ?? ''
const CodeForm = z.object({ code: OneTimeCode })

/** An order that waits for no code any more shows how it stands. */
const unlessOver =
  (act: Action): Action =>
  async (ctx, form) => {
    try {
      return await act(ctx, form)
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'cod/not-confirmable') throw error
      return { kind: 'redirect', to: ctx.paths.checkoutReturn(numberOf(ctx)) }
    }
  }

/** It was for another browser, or its time is over: said where it was typed, beside the way to another. */
const overCode = (form: FormValues): ActionResult => refusedFields(form, [{ pointer: '/code', code: 'wrong-code' }])

const send: Action = unlessOver(async (ctx, form) => {
  const number = numberOf(ctx)
  const isSent = await sendCode(ctx, number, form['proofOfWork'])
  if (!isSent) return { kind: 'redirect', to: ctx.paths.orderLookup({ number }) }
  return { kind: 'redirect', to: ctx.paths.checkoutCode(number, { sent: 'again' }) }
})

const confirm: Action = unlessOver(async (ctx, form) => {
  const number = numberOf(ctx)
  const sent = sentCodeOf(ctx.cookies, number)
  if (!sent) return overCode(form)
  const parsed = parseForm(CodeForm, form)
  if (!parsed.ok) return parsed.refused
  const body = { challengeId: sent.challengeId, code: parsed.value.code }
  return tellWrongCode(form, 'code', async () => {
    const order = await unless('auth/challenge-invalid', askOrder(ctx, confirmOrderCode, number, { body }), 'over')
    if (order === 'over') return overCode(form)
    if (!order) return { kind: 'redirect', to: ctx.paths.orderLookup({ number }) }
    forgetCode(ctx.cookies)
    // Puts the cart's cookie right: its things are ordered.
    await findShopperCart(ctx)
    return { kind: 'redirect', to: ctx.paths.checkoutReturn(number) }
  })
})

export const checkoutCodePage = definePage<CheckoutCodeData>({
  name: 'checkout-code',
  route: routes.checkoutCode,
  Page,
  async load(ctx) {
    const number = numberOf(ctx)
    const found = await findWaitingOrder(ctx, number)
    if (found.kind === 'leave') return found.result
    const { order } = found
    if (order.payment.method !== 'cod') return goTo(ctx.paths.checkoutReturn(number))
    const sent = sentCodeOf(ctx.cookies, number)
    return loaded({
      frame: { steps: [], summary: toSummary(order), chosen: { method: 'cod', usesCredit: false } },
      held: toHeldOrder(order, ctx.format),
      phone: unbrokenMobile(order.contact.phone),
      due: order.totals.due,
      resendSeconds: sent ? secondsUntil(sent.resendAt) : null,
      wasSentAgain: ctx.query.get('sent') === 'again',
      canChangeMethod: order.canChangeMethod,
    })
  },
  head: (data, { t }) => ({
    title: t('checkout.code.title'),
    path: (paths) => paths.checkoutCode(data.held.number),
    isIndexable: false,
  }),
  cache: privately,
  // Codes are limited by device, which pages of this class give a name.
  class: 'identity',
  chrome: 'checkout',
  actions: {
    confirm,
    send,
    // The form of another code is the one of signing in.
    resend: send,
    'change-order': (ctx, form) => releaseOrder(ctx, form['order'] ?? '', ctx.paths.cart()),
  },
})
