import { paymentMethods } from '@dhow/contracts/cart.ts'
import { money } from '@dhow/money/money.ts'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../apps/api/test/app.ts'
import { faultsInBooks } from '../../apps/api/test/books.ts'
import { countBy } from '../../apps/api/test/count-by.ts'
import { differencesFromProviders } from '../../apps/api/test/provider-books.ts'
import { buy, deeds } from './chaos-buyers.ts'
import type { BuyerFate } from './chaos-buyers.ts'

/**
 * RC1 of the reliability rules: webhooks are lost, doubled, reordered and late, shoppers leave and try again, and still every
 * payment ends as its provider has it. `npm run test:faults` sends 2,000 shoppers, `npm test` fewer.
 */
const SHOPPERS = process.env['MODE'] === 'long' ? 2_000 : 160
const AT_ONCE = 8
const storm = {
  mode: 'chaos',
  seed: 20_261_123,
  dropPercent: 5,
  doublePercent: 10,
  reorderPercent: 20,
  delayPercent: 10,
  maxDelayMs: 7_200_000,
} as const

const app = await startTestApp()
const { clock, db, given, sandbox, worker } = app

/** Every method meets every deed, half of the shoppers come back, and refusals are tried again in another way. */
function fateOf(index: number): BuyerFate {
  const method = paymentMethods[index % paymentMethods.length] ?? 'card'
  const deed = deeds[Math.floor(index / 4) % 5] ?? 'pays' // three of five pay
  const second = index % 3 === 0 ? null : (paymentMethods[(index + 1 + (index % 2)) % paymentMethods.length] ?? 'card')
  return { method, deed, returns: index % 2 === 0, second }
}

async function sendShoppers(): Promise<void> {
  const variant = await given.variant({ onHand: SHOPPERS + 10, price: money(15_000) })
  let next = 0
  const shopper = async (): Promise<void> => {
    for (let index = next++; index < SHOPPERS; index = next++) await buy(app, variant, fateOf(index))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, shopper))
}

/** Lets test time pass for shop and providers alike, with the work that the schedule would bring. */
async function pass(minutes: number, step = 1): Promise<void> {
  for (let passed = 0; passed < minutes; passed += step) {
    clock.advance({ minutes: step })
    await worker.runTask('payments.sweep')
    await sandbox.control.webhooksSettled()
    await worker.runJobs({ mayFail: true })
  }
}

const ledgerDifference = () =>
  db
    .selectFrom('ledgerEntries')
    .select((eb) => eb.fn.sum<string>('amount').as('sum'))
    .executeTakeFirst()
    .then((row) => Number(row?.sum ?? 0))

describe(`RC1: ${SHOPPERS} shoppers in a storm of webhooks`, () => {
  test('after twenty minutes every payment stands as its provider has it, and the ledger adds up', async () => {
    sandbox.control.setWebhooks(storm)
    await sendShoppers()
    await pass(20)
    expect(await differencesFromProviders(app)).toEqual([])
    expect(await ledgerDifference()).toBe(0)
    expect(await faultsInBooks({ db })).toEqual([])
  }, 1_200_000)

  test('webhooks two hours late change nothing but what has run out since', async () => {
    await pass(150, 10)
    expect(await differencesFromProviders(app)).toEqual([])
    expect(await ledgerDifference()).toBe(0)
    expect(await faultsInBooks({ db })).toEqual([])
    const states = await db.selectFrom('orders').select('state').execute()
    const ends = countBy(states, (order) => order.state)
    expect(ends['awaiting-payment'] ?? 0).toBe(await waitingForCash())
    expect((ends['confirmed'] ?? 0) > SHOPPERS / 2).toBe(true)
  }, 1_200_000)
})

/** Orders in cash have a day for their code. */
const waitingForCash = () =>
  db
    .selectFrom('orders')
    .innerJoin('payments', 'payments.orderId', 'orders.id')
    .select('orders.id')
    .where('orders.state', '=', 'awaiting-payment')
    .where('payments.supersededAt', 'is', null)
    .where('payments.provider', '=', 'cod')
    .execute()
    .then((rows) => rows.length)
