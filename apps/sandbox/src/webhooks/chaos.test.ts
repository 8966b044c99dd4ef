import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ORDER, post } from '../../test/client.ts'
import { startReceiver, type Receiver } from '../../test/receiver.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'
import { CALM_CHAOS, createChaos, type Fate } from './chaos.ts'

const draw = (change: Partial<typeof CALM_CHAOS>, count = 10_000): Fate[] => {
  const chaos = createChaos({ ...CALM_CHAOS, ...change })
  return Array.from({ length: count }, () => chaos.next())
}
const percentOf = (fates: readonly Fate[], isMeant: (fate: Fate) => boolean): number =>
  (fates.filter(isMeant).length * 100) / fates.length

test('the same seed gives the same fates, another seed others', () => {
  expect(draw({ seed: 7 }, 200)).toEqual(draw({ seed: 7 }, 200))
  expect(draw({ seed: 7 }, 200)).not.toEqual(draw({ seed: 8 }, 200))
})

test('misfortunes strike as often as they were set', () => {
  const fates = draw({ seed: 2026 })
  expect(percentOf(fates, (fate) => fate.length === 0)).toBeCloseTo(5, -0.5)
  expect(percentOf(fates, (fate) => fate.length === 2)).toBeCloseTo(9.5, -0.5)
  expect(percentOf(fates, (fate) => (fate[0]?.delayMs ?? 0) > 0)).toBeCloseTo(9.5, -0.5)
  expect(percentOf(fates, (fate) => (fate[0]?.overtakenBy ?? 0) > 0)).toBeCloseTo(17, -0.5)
  const longest = Math.max(...fates.flatMap((fate) => fate.map(({ delayMs }) => delayMs)))
  expect(longest).toBeGreaterThan(7_000_000)
  expect(longest).toBeLessThanOrEqual(7_200_000)
})

test('changing one percentage moves no other fate', () => {
  const late = (fates: readonly Fate[]) => fates.map((fate) => fate[0]?.delayMs)
  expect(late(draw({ dropPercent: 0, doublePercent: 0 }, 500))).toEqual(
    late(draw({ dropPercent: 0, doublePercent: 100 }, 500)),
  )
})

let sandbox: RunningSandbox
let receiver: Receiver

beforeAll(async () => {
  receiver = await startReceiver()
  sandbox = await startSandbox({ stripe: { webhookUrl: receiver.url }, webhookRetryDelaysMs: [1] })
})
beforeEach(() => {
  sandbox.control.reset()
  receiver.received.length = 0
})
afterAll(async () => {
  await sandbox.close()
  await receiver.close()
})

const calm = { mode: 'chaos', dropPercent: 0, doublePercent: 0, reorderPercent: 0, delayPercent: 0 } as const

test('what is late goes out when the clock has come that far, and not before', async () => {
  sandbox.control.setWebhooks({ ...calm, delayPercent: 100, maxDelayMs: 7_200_000 })
  for (let index = 0; index < 20; index += 1) await post(sandbox, '/v1/payment_intents', ORDER)
  await sandbox.control.webhooksSettled()
  expect(receiver.received).toHaveLength(0)
  sandbox.control.advanceClock(3_600_000)
  await sandbox.control.webhooksSettled()
  const afterAnHour = receiver.received.length
  expect(afterAnHour).toBeGreaterThan(0)
  expect(afterAnHour).toBeLessThan(20)
  sandbox.control.advanceClock(3_600_000)
  await sandbox.control.webhooksSettled()
  expect(receiver.received).toHaveLength(20)
})

test('everything late can be let go at once', async () => {
  sandbox.control.setWebhooks({ ...calm, delayPercent: 100 })
  await post(sandbox, '/v1/payment_intents', ORDER)
  expect(sandbox.control.releaseWebhooks()).toBe(1)
  await sandbox.control.webhooksSettled()
  expect(receiver.received).toHaveLength(1)
})

test('what is overtaken arrives after later ones, and arrives', async () => {
  sandbox.control.setWebhooks({ ...calm, reorderPercent: 50, seed: 3, delayMs: 20 })
  for (let index = 0; index < 30; index += 1) await post(sandbox, '/v1/payment_intents', ORDER)
  await sandbox.control.webhooksSettled()
  const sent = sandbox.control.state().events.map(({ id }) => id)
  const arrived = receiver.received.map(({ event }) => event.id)
  expect(arrived.toSorted()).toEqual(sent.toSorted())
  expect(arrived).not.toEqual(sent.toReversed())
})

test('forged attempts are followed by true ones', async () => {
  sandbox.control.setWebhooks({ ...calm, forgePercent: 100 })
  receiver.answers.push(400)
  await post(sandbox, '/v1/payment_intents', ORDER)
  await sandbox.control.webhooksSettled()
  expect(sandbox.control.state().deliveries.map(({ forged, outcome }) => [forged, outcome])).toEqual([
    [true, 'refused'],
    [false, 'delivered'],
  ])
})
