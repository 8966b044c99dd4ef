import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { addLine } from '@dhow/contracts/cart.ts'
import type { PaymentMethod } from '@dhow/contracts/cart.ts'
import { cancelOrder, resumePayment } from '@dhow/contracts/orders.ts'
import type { PaymentAction } from '@dhow/contracts/orders.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultsInBooks } from '../../../test/books.ts'
import { startTestApp } from '../../../test/app.ts'
import type { GivenVariant } from '../../../test/catalogue.ts'
import { actOn } from '../../../test/hosted-page.ts'
import type { AtHostedPage } from '../../../test/hosted-page.ts'
import { attemptsOf, changeMethod } from '../../../test/placed-order.ts'
import { payByCard } from '../../../test/shopper.ts'
import type { Guest } from '../../../test/shopper.ts'

const app = await startTestApp()
const { api, given, db, sandbox, worker, clock } = app

const SHOPPERS = 4
const VARIANTS = 3
const index = (count: number) => fc.nat(count - 1)

/** What may happen in a shop, to whom. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('checkout'), shopper: index(SHOPPERS) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('pay', 'decline', 'pay-3ds', 'fail-3ds'), shopper: index(SHOPPERS) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('refresh', 'refresh', 'resume', 'cancel'), shopper: index(SHOPPERS) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('change'),
      shopper: index(SHOPPERS),
      method: fc.constantFrom<PaymentMethod>('card', 'tabby', 'tamara', 'cod'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('page'),
      shopper: index(SHOPPERS),
      attempt: fc.nat(2),
      act: fc.constantFrom<AtHostedPage>('approve', 'approve', 'approve', 'refuse', 'leave', 'expire'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('add'), shopper: index(SHOPPERS), variant: index(VARIANTS) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('drop', 'double', 'hold', 'reorder', 'normal', 'release', 'jobs', 'sweep'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('wait'), minutes: fc.integer({ min: 1, max: 31 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('price'), variant: index(VARIANTS) }) },
)
interface Step {
  kind: string
  shopper?: number
  variant?: number
  minutes?: number
  method?: PaymentMethod
  attempt?: number
  act?: AtHostedPage
}

/** A guest with what their browser was last told to do. */
interface Shopper extends Guest {
  action?: PaymentAction
}

interface Shop {
  guests: Shopper[]
  variants: GivenVariant[]
}

/** A refusal is an answer like another; a failure of ours is not. */
async function mayBeRefused(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status === 500) throw error
  }
}

const webhookModes = ['drop', 'double', 'hold', 'reorder', 'normal'] as const

/** The order as its shopper calls it; undefined while there is none. */
async function callOf(guest: Shopper) {
  const { order, token = '' } = await guest.placeOrder()
  return order && { params: { number: order.number }, orderToken: token }
}

async function cancel(guest: Shopper): Promise<void> {
  const call = await callOf(guest)
  if (call) await api.call(cancelOrder, call)
}

async function change(guest: Shopper, method: PaymentMethod): Promise<void> {
  const call = await callOf(guest)
  if (call) guest.action = (await changeMethod(api, { call }, method)).payment.action
}

async function resume(guest: Shopper): Promise<void> {
  const call = await callOf(guest)
  if (call) guest.action = (await api.call(resumePayment, call)).payment.action
}

/** Something happens on a provider's page, perhaps one of a try the shopper has long forgotten. */
async function onPage(guest: Shopper, { attempt = 0, act = 'approve' }: Step): Promise<void> {
  const call = await callOf(guest)
  const attempts = call ? await attemptsOf(app, call.params.number) : []
  const hosted = attempts.filter((one) => (one.provider === 'tabby' || one.provider === 'tamara') && one.providerRef)
  const chosen = hosted.at(-1 - attempt) ?? hosted.at(-1)
  try {
    if (chosen) actOn(app, chosen, act)
  } catch {
    // That page is over.
  }
}

async function payWith(guest: Shopper, card: string): Promise<{ intentId: string }> {
  return guest.action?.kind === 'client_secret' ? payByCard(app, guest.action, card) : guest.pay(card)
}

async function pay(guest: Shopper, kind: string): Promise<void> {
  if (guest.action && guest.action.kind !== 'client_secret') return
  if (kind === 'pay') return void (await payWith(guest, 'pm_card_visa'))
  if (kind === 'decline') return void (await payWith(guest, 'pm_card_chargeDeclined'))
  const { intentId } = await payWith(guest, 'pm_card_threeDSecure2Required')
  sandbox.control.answerChallenge(intentId, kind === 'pay-3ds' ? 'complete' : 'fail')
}

async function happen({ guests, variants }: Shop, { kind, ...what }: Step): Promise<void> {
  const guest = guests[what.shopper ?? 0]
  const variant = variants[what.variant ?? 0]
  if (!guest || !variant) return
  const mode = webhookModes.find((known) => known === kind)
  if (mode) return void sandbox.control.setWebhooks({ mode, delayMs: 5 })
  if (kind === 'release') return void sandbox.control.releaseWebhooks()
  if (kind === 'jobs') return void (await worker.settle())
  if (kind === 'sweep') return worker.runTask('payments.sweep')
  if (kind === 'wait') return clock.advance({ minutes: what.minutes ?? 1 })
  if (kind === 'price')
    return void (await db.updateTable('variants').set({ priceAmount: 9999 }).where('id', '=', variant.id).execute())
  if (kind === 'add')
    return mayBeRefused(api.call(addLine, { params: { cartId: guest.cartId }, body: { variantId: variant.id } }))
  if (kind === 'checkout') return mayBeRefused(guest.placeOrder())
  if (kind === 'cancel') return mayBeRefused(cancel(guest))
  if (kind === 'refresh') return mayBeRefused(guest.placed() ? guest.refresh() : Promise.resolve())
  if (!guest.placed()) return
  if (kind === 'resume') return mayBeRefused(resume(guest))
  if (kind === 'change') return mayBeRefused(change(guest, what.method ?? 'card'))
  if (kind === 'page') return mayBeRefused(onPage(guest, { kind, ...what }))
  return pay(guest, kind)
}

/** Webhooks come, jobs are done, the poll has asked about everything once more. */
async function comeToRest(): Promise<void> {
  sandbox.control.setWebhooks({ mode: 'normal' })
  sandbox.control.releaseWebhooks()
  await worker.settle()
  for (let round = 0; round < 2; round += 1) {
    clock.advance({ minutes: 11 })
    await worker.runTask('payments.sweep')
    await worker.settle()
  }
}

test('whatever happens in a shop, in any order and at once, its books balance', async () => {
  const history = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 14 })
  await fc.assert(
    fc.asyncProperty(history, async (moments) => {
      const variants = await given.many(VARIANTS, (number) => given.variant({ onHand: number + 1 }))
      const guests = await given.many(SHOPPERS, (number) =>
        given.guestAtCheckout({ lines: [{ variant: variants[number % VARIANTS] ?? { id: '' } }] }),
      )
      for (const moment of moments) {
        await Promise.all(moment.map((one) => happen({ guests, variants }, one)))
        expect(await faultsInBooks({ db })).toEqual([])
      }
      await comeToRest()
      expect(await faultsInBooks(app)).toEqual([])
    }),
    { numRuns: 12, interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false },
  )
}, 120_000)
