import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'

const app = await startTestApp()

test('each minute sweeps the payments twice, half a minute apart, and replaces sweeps that still wait', async () => {
  await app.worker.runTask('platform.every-minute')
  await app.worker.runTask('platform.every-minute')
  const waiting = await app.worker.pendingJobs()
  expect(waiting.map((job) => job.task)).toEqual(['payments.sweep', 'payments.sweep'])
  expect(await app.worker.runJobs()).toHaveLength(1)
  app.clock.advance({ seconds: 30 })
  expect(await app.worker.runJobs()).toHaveLength(1)
})

test('the clean-up keeps what is younger than its time and deletes what is older', async () => {
  const cart = await app.given.cart()
  const { view } = await app.given.order()
  const count = async () => {
    const { rows } = await sql<Record<string, number>>`select
      (select count(*) from carts where state = 'open') as carts, (select count(*) from carts where state <> 'open') as orders,
      (select count(*) from idempotency_keys) as keys, (select count(*) > 0 from webhook_events) as events`.execute(
      app.db,
    )
    return rows[0]
  }
  await app.worker.runTask('platform.clean-up')
  expect(await count()).toEqual({ carts: 1, orders: 1, keys: 1, events: true })
  app.clock.advance({ days: 31 })
  await app.worker.runTask('platform.clean-up')
  expect(await count()).toEqual({ carts: 1, orders: 1, keys: 0, events: true })
  app.clock.advance({ days: 60 })
  await app.worker.runTask('platform.clean-up')
  expect(await count()).toEqual({ carts: 0, orders: 1, keys: 0, events: false })
  expect({ cart: cart.state, order: view.state }).toEqual({ cart: 'open', order: 'confirmed' })
})
