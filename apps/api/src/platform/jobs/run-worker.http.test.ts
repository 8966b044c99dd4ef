import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { startRealProcess } from '../../../test/process.ts'
import { createLog } from '../telemetry/log.ts'
import { enqueue } from './enqueue.ts'
import { listUnknownTasks, readOldestDueJobSeconds, releaseJobsOfTheDead } from './queue.sql.ts'
import { keepWorkerSession } from './worker-session.ts'

const within = { timeout: 30_000, interval: 50 }
const job = { task: 'catalog.refresh-cards', payload: { productId: '0192a000-0000-7000-8000-00000000000a' } }

test('a worker process confirms a paid order by mail, answers health checks, and ends when told to', async () => {
  const app = await startTestApp()
  const worker = await startRealProcess({ entry: 'worker', env: { ...app.env, LOG_LEVEL: 'info' } })
  const guest = await app.given.guestAtCheckout()
  await guest.placeOrder()
  await guest.pay()
  await vi.waitFor(() => expect(app.sandbox.control.inbox(guest.contact.email)).toHaveLength(1), within)
  await vi.waitFor(async () => expect(await app.worker.pendingJobs()).toEqual([]), within)
  const metrics = await (await fetch(`${worker.baseUrl}/metrics`)).text()
  expect(metrics).toContain('dhow_jobs_total{task="notifications.order-confirmed",result="done"} 1')
  expect(await worker.stop()).toBe(0)
  expect(worker.output()).toContain(`"port":${worker.port}`)
})

test('a worker whose database is gone is not ready', async () => {
  const app = await startTestApp()
  const worker = await startRealProcess({ entry: 'worker', env: app.env })
  await app.close()
  await vi.waitFor(async () => expect((await fetch(`${worker.baseUrl}/health/ready`)).status).toBe(503), within)
  expect((await fetch(`${worker.baseUrl}/health/live`)).status).toBe(200)
})

test('a worker killed between SendGrid’s taking the mail and our note of it never makes a second mail', async () => {
  const app = await startTestApp()
  const fault = { provider: 'sendgrid', method: 'POST', path: '/v3/mail/send', kind: 'slow', delayMs: 60_000 } as const
  app.sandbox.control.addFault(fault)
  const worker = await startRealProcess({ entry: 'worker', env: app.env })
  const guest = await app.given.guestAtCheckout()
  await guest.placeOrder()
  await guest.pay()
  await vi.waitFor(() => expect(app.sandbox.control.inbox(guest.contact.email)).toHaveLength(1), within)
  await worker.kill()
  await vi.waitFor(async () => expect(await releaseJobsOfTheDead(app.db, 0)).toBe(1), within)
  await app.worker.runJobs()
  expect(app.sandbox.control.inbox(guest.contact.email)).toHaveLength(1)
  expect(app.logs.map((line) => line['alert'])).toContain('email-unknown')
  expect((await guest.order()).state).toBe('confirmed')
})

test('jobs of a dead worker go back to the queue, those of a living one stay with it', async () => {
  const app = await startTestApp()
  await enqueue(app.db, job)
  const lock = sql`update graphile_worker._private_jobs set locked_by = 'pool-a', locked_at = now() - interval '1 minute'`
  await lock.execute(app.db)
  const endSession = keepWorkerSession({
    url: app.env['DATABASE_URL'] ?? '',
    poolId: 'pool-a',
    log: createLog({ level: 'silent', name: 'test' }),
  })
  const sessions = sql<{ count: number }>`
    select count(*) from pg_stat_activity where application_name = 'dhow-worker pool-a' and datname = current_database()`
  const countSessions = async () => (await sessions.execute(app.db)).rows[0]?.count
  await vi.waitFor(async () => expect(await countSessions()).toBe(1), within)
  expect(await releaseJobsOfTheDead(app.db, 30)).toBe(0)
  await endSession()
  await vi.waitFor(async () => expect(await countSessions()).toBe(0), within)
  expect(await releaseJobsOfTheDead(app.db, 120)).toBe(0)
  expect(await releaseJobsOfTheDead(app.db, 30)).toBe(1)
  expect(await app.worker.runJobs()).toEqual([{ task: job.task }])
})

test('the queue tells how long its oldest due job waits, and which jobs nobody can do', async () => {
  const app = await startTestApp()
  expect(await readOldestDueJobSeconds(app.db)).toBe(0)
  await enqueue(app.db, job, { task: 'some.day', payload: {} })
  await sql`update graphile_worker._private_jobs set run_at = now() - interval '90 seconds'`.execute(app.db)
  expect(Math.floor((await readOldestDueJobSeconds(app.db)) / 90)).toBe(1)
  expect(await listUnknownTasks(app.db, [job.task])).toEqual(['some.day'])
})
