import { paymentMethods } from '@dhow/contracts/cart.ts'
import { money } from '@dhow/money/money.ts'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../apps/api/test/app.ts'
import { faultsInBooks } from '../../apps/api/test/books.ts'
import { differencesFromProviders } from '../../apps/api/test/provider-books.ts'
import { buy, deeds } from './chaos-buyers.ts'
import type { BuyerFate } from './chaos-buyers.ts'

/**
 * RC1 and F8 of the reliability rules: webhooks are lost, multiplied, reordered, late and forged, shoppers leave and try again,
 * and still every payment ends as its provider has it. `npm run test:faults` sends all the shoppers, `npm test` fewer.
 */
const isLong = process.env['MODE'] === 'long'
const SHOPPERS = isLong ? 2_000 : 80
const SHOPPERS_OF_F8 = isLong ? 300 : 24
const COPIES = 5
const AT_ONCE = 8

const storm = {
  mode: 'chaos',
  seed: 20_261_123,
  dropPercent: 5,
  doublePercent: 10,
  reorderPercent: 20,
  delayPercent: 10,
  maxDelayMs: 7_200_000,
  forgePercent: 0,
} as const

const app = await startTestApp({ env: { COD_OPEN_ORDERS: '100' } })
const { clock, db, given, sandbox, worker } = app
const { control } = sandbox

/** Every method meets every deed, half of the shoppers come back, and refusals are tried again in another way. */
function fateOf(index: number): BuyerFate {
  const method = paymentMethods[index % paymentMethods.length] ?? 'card'
  const deed = deeds[Math.floor(index / 4) % 5] ?? 'pays' // three of five pay
  const second = index % 3 === 0 ? null : (paymentMethods[(index + 1 + (index % 2)) % paymentMethods.length] ?? 'card')
  return { method, deed, returns: index % 2 === 0, second }
}

async function sendShoppers(shoppers: number): Promise<void> {
  const variant = await given.variant({ onHand: shoppers + 10, price: money(15_000) })
  let next = 0
  const shopper = async (): Promise<void> => {
    for (let index = next++; index < shoppers; index = next++) await buy(app, variant, fateOf(index))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, shopper))
}

/** Lets test time pass for shop and providers alike, with the work that the schedule would bring. */
async function pass(minutes: number, step = 1): Promise<void> {
  for (let passed = 0; passed < minutes; passed += step) {
    clock.advance({ minutes: step })
    await worker.runTask('payments.sweep')
    await control.webhooksSettled()
    await worker.runJobs({ mayFail: true })
  }
}

/** What must hold once everything was told, whatever was lost. */
async function expectAgreement(): Promise<void> {
  expect(await differencesFromProviders(app)).toEqual([])
  const ledger = await db
    .selectFrom('ledgerEntries')
    .select((eb) => eb.fn.sum<string>('amount').as('sum'))
    .executeTakeFirst()
  expect(Number(ledger?.sum ?? 0)).toBe(0)
  expect(await faultsInBooks({ db })).toEqual([])
}

const countOrders = async (state: 'awaiting-payment' | 'confirmed'): Promise<number> => {
  const rows = await db.selectFrom('orders').select('id').where('state', '=', state).execute()
  return rows.length
}

/** Orders in cash have a day for their code. */
async function countWaitingForCash(): Promise<number> {
  const rows = await db
    .selectFrom('orders')
    .innerJoin('payments', 'payments.orderId', 'orders.id')
    .select('orders.id')
    .where('orders.state', '=', 'awaiting-payment')
    .where('payments.supersededAt', 'is', null)
    .where('payments.provider', '=', 'cod')
    .execute()
  return rows.length
}

describe(`RC1: ${SHOPPERS} shoppers in a storm of webhooks`, () => {
  test('after twenty minutes every payment stands as its provider has it, and the ledger adds up', async () => {
    control.setWebhooks(storm)
    await sendShoppers(SHOPPERS)
    await pass(20)
    await expectAgreement()
    expect(await countOrders('confirmed')).toBeGreaterThan(SHOPPERS / 2)
  }, 1_200_000)

  test('webhooks two hours late change nothing but what has run out since', async () => {
    await pass(150, 10)
    await expectAgreement()
    expect(await countOrders('awaiting-payment')).toBe(await countWaitingForCash())
  }, 1_200_000)
})

describe(`F8: every webhook of ${SHOPPERS_OF_F8} shoppers ${COPIES} times, shuffled, some forged`, () => {
  test('does what one of them would have done, and forged ones do nothing', async () => {
    const before = await countOrders('confirmed')
    control.setWebhooks({
      ...storm,
      seed: 8,
      doublePercent: 100,
      reorderPercent: 100,
      delayPercent: 50,
      forgePercent: 1,
    })
    await sendShoppers(SHOPPERS_OF_F8)
    await pass(3)
    const events = await db.selectFrom('webhookEvents').select('eventId').execute()
    for (const { eventId } of events) control.resendEvent(eventId, COPIES)
    await pass(20)
    await pass(150, 10)
    await expectAgreement()
    expect(await countOrders('confirmed')).toBeGreaterThan(before + SHOPPERS_OF_F8 / 2)
  }, 1_200_000)
})
