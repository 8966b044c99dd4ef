import { expect, test } from 'vitest'
import { enqueue } from '../src/platform/jobs/enqueue.ts'
import { startTestApp } from './app.ts'

const app = await startTestApp()
// A refresh of a product that does not exist does nothing, one without a payload fails.
const harmless = { task: 'catalog.refresh-cards', payload: { productId: '0192a000-0000-7000-8000-00000000000a' } }
const failing = { task: 'catalog.refresh-cards', payload: {} }

test('a job with a time of its own waits until the test clock has come that far', async () => {
  const runAt = new Date(app.clock.now().getTime() + 60_000)
  await enqueue(app.db, { ...harmless, runAt })
  expect(await app.worker.runJobs()).toEqual([])
  app.clock.advance({ minutes: 1 })
  expect(await app.worker.runJobs()).toEqual([{ task: harmless.task }])
})

test('a failed job says so, and is tried again after its back-off', async () => {
  await enqueue(app.db, failing)
  await expect(app.worker.runJobs()).rejects.toThrow(/jobs failed: catalog.refresh-cards/)
  expect(await app.worker.runJobs()).toEqual([])
  app.clock.advance({ seconds: 3 })
  expect(await app.worker.runJobs({ mayFail: true })).toMatchObject([{ task: failing.task, error: expect.anything() }])
  expect(await app.worker.pendingJobs()).toMatchObject([{ task: failing.task, attempts: 2 }])
})

test('each app has a database of its own', async () => {
  const other = await startTestApp()
  expect(await other.worker.pendingJobs()).toEqual([])
  expect(other.env['DATABASE_URL']).not.toBe(app.env['DATABASE_URL'])
})
