import { randomUUID } from 'node:crypto'
import { getOrder } from '@dhow/contracts/orders.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import type { TestApp } from '../../../test/app.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { claimNotification } from './notifications.sql.ts'

const task = 'notifications.order-confirmed'
const sendFault = { provider: 'sendgrid', method: 'POST', path: '/v3/mail/send' } as const

const app = await startTestApp()

async function rowOf({ db }: TestApp, number: string) {
  return db
    .selectFrom('notifications')
    .innerJoin('orders', 'orders.id', 'notifications.orderId')
    .select(['orders.id as orderId', 'notifications.state', 'notifications.attempts', 'notifications.providerRef'])
    .where('orders.number', '=', number)
    .executeTakeFirstOrThrow()
}

const alerts = ({ logs }: TestApp) => logs.map((line) => line['alert']).filter(Boolean)

/** A paid order whose webhook has come, with everything but its mail done. */
async function paidGuest(shop: TestApp, wish: { locale?: 'en' | 'ar' } = {}) {
  const guest = await shop.given.guestAtCheckout(wish)
  await guest.placeOrder()
  await guest.pay()
  await shop.sandbox.control.webhooksSettled()
  return guest
}

test('a paid order is confirmed by one mail, and its timeline says so', async () => {
  const guest = await app.given.order()
  const mails = app.sandbox.control.inbox(guest.contact.email)
  expect(mails.map((mail) => mail.subject)).toEqual([`Your order ${guest.view.number} is confirmed`])
  const row = await rowOf(app, guest.view.number)
  expect(row).toMatchObject({ state: 'sent', providerRef: mails[0]?.messageId })
  expect((await guest.order()).timeline.map((entry) => entry.kind)).toContain('confirmation-sent')
})

test('the link in the mail opens the order', async () => {
  const guest = await app.given.order()
  const [mail] = app.sandbox.control.inbox(guest.contact.email)
  const link = /http:\/\/localhost:3000\/en\/orders\/(DH-[0-9A-Z-]+)\?key=([\w-]+)/.exec(mail?.text ?? '')
  const opened = await app.api.call(getOrder, { params: { number: link?.[1] ?? '' }, orderToken: link?.[2] ?? '' })
  expect(opened.number).toBe(guest.view.number)
})

test('the job done five times over and at once still sends one mail', async () => {
  const guest = await app.given.order()
  const { orderId } = await rowOf(app, guest.view.number)
  await enqueue(app.db, ...Array.from({ length: 5 }, () => ({ task, payload: { orderId } })))
  await app.worker.runJobs()
  await Promise.all(Array.from({ length: 5 }, () => app.worker.runTask(task, { orderId })))
  expect(app.sandbox.control.inbox(guest.contact.email)).toHaveLength(1)
})

test('five workers that begin the same mail at the same moment send it once', async () => {
  const shop = await startTestApp()
  const guest = await paidGuest(shop)
  await guest.refresh()
  const waiting = (await shop.worker.pendingJobs()).find((job) => job.task === task)
  await Promise.all(Array.from({ length: 5 }, () => shop.worker.runTask(task, waiting?.payload)))
  expect(shop.sandbox.control.inbox(guest.contact.email)).toHaveLength(1)
})

test('an unpaid order gets no mail', async () => {
  const guest = await app.given.order({ state: 'awaiting-payment' })
  const { id } = await app.db
    .selectFrom('orders')
    .select('id')
    .where('number', '=', guest.view.number)
    .executeTakeFirstOrThrow()
  await app.worker.runTask(task, { orderId: id })
  expect(app.sandbox.control.inbox(guest.contact.email)).toEqual([])
})

test('while SendGrid is down the mail waits longer each time, and is sent when it is back', async () => {
  const shop = await startTestApp()
  shop.sandbox.control.addFault({ ...sendFault, kind: 'error500', times: 3 })
  const guest = await paidGuest(shop)
  await shop.worker.runJobs()
  for (const seconds of [30, 30, 60]) {
    expect(shop.sandbox.control.inbox(guest.contact.email)).toEqual([])
    shop.clock.advance({ seconds: seconds - 1 })
    expect((await shop.worker.runJobs()).map((run) => run.task)).not.toContain(task)
    shop.clock.advance({ seconds: 1 })
    await shop.worker.runJobs()
  }
  expect(shop.sandbox.control.inbox(guest.contact.email)).toHaveLength(1)
  expect(await rowOf(shop, (await guest.order()).number)).toMatchObject({ state: 'sent', attempts: 4 })
})

test('a mail SendGrid refuses is refused for good and raises an alert', async () => {
  const shop = await startTestApp()
  const guest = await paidGuest(shop)
  const send = shop.ctx.providers.sendEmail
  shop.ctx.providers.sendEmail = (message) => send({ ...message, subject: '' })
  await shop.worker.runJobs()
  expect(await rowOf(shop, (await guest.order()).number)).toMatchObject({ state: 'refused', attempts: 1 })
  expect(alerts(shop)).toEqual(['email-refused'])
})

test('a sender SendGrid does not know keeps the mail until somebody has put that right', async () => {
  const shop = await startTestApp({ env: { MAIL_FROM: 'unverified@dhow.example' } })
  const guest = await paidGuest(shop)
  await shop.worker.runJobs()
  const { number } = await guest.order()
  expect(await rowOf(shop, number)).toMatchObject({ state: 'queued' })
  expect(alerts(shop)).toEqual(['email-locked-out'])
  shop.ctx.config.MAIL_FROM = 'orders@dhow.example'
  shop.clock.advance({ minutes: 15 })
  await shop.worker.runJobs()
  expect(shop.sandbox.control.inbox(guest.contact.email)).toHaveLength(1)
})

test('a connection cut after SendGrid took the mail never makes a second one', async () => {
  const shop = await startTestApp()
  shop.sandbox.control.addFault({ ...sendFault, kind: 'reset-after' })
  const guest = await paidGuest(shop)
  await shop.worker.runJobs()
  shop.clock.advance({ days: 1 })
  await shop.worker.runJobs()
  const row = await rowOf(shop, (await guest.order()).number)
  await shop.worker.runTask(task, { orderId: row.orderId })
  expect(shop.sandbox.control.inbox(guest.contact.email)).toHaveLength(1)
  expect(row.state).toBe('sending')
  expect(alerts(shop)).toContain('email-unknown')
})

test('a claim whose answer was lost with the connection is told of, once nobody can be sending it any more', async () => {
  const shop = await startTestApp()
  const guest = await paidGuest(shop)
  const { id } = await shop.db
    .selectFrom('orders')
    .select('id')
    .where('number', '=', (await guest.order()).number)
    .executeTakeFirstOrThrow()
  const wish = { id: randomUUID(), orderId: id, kind: 'order-confirmed', channel: 'email' } as const
  await claimNotification(shop.db, wish, shop.clock.now())
  await shop.worker.runJobs()
  expect(alerts(shop)).toEqual([])
  shop.clock.advance({ minutes: 1 })
  await shop.worker.runJobs()
  expect(alerts(shop)).toEqual(['email-unknown'])
  expect(shop.sandbox.control.inbox(guest.contact.email)).toEqual([])
})

test('an order placed in Arabic is confirmed in Arabic, right to left', async () => {
  const guest = await app.given.order({ locale: 'ar' })
  const [mail] = app.sandbox.control.inbox(guest.contact.email)
  expect(mail?.subject).toBe(`تم تأكيد طلبك ${guest.view.number}`)
  expect(mail?.from.name).toBe('داو')
  expect(mail?.html).toContain('<html lang="ar" dir="rtl">')
  expect(mail?.text).toContain('شكرًا لك')
})

test('no address, name or phone of a shopper reaches the log', async () => {
  const shop = await startTestApp({ env: { LOG_LEVEL: 'trace' } })
  shop.sandbox.control.addFault({ ...sendFault, kind: 'error500' })
  const guest = await paidGuest(shop)
  await shop.worker.runJobs()
  const printed = JSON.stringify(shop.logs)
  expect(shop.logs.length).toBeGreaterThan(3)
  for (const secret of [guest.contact.email, guest.contact.name, guest.contact.phone, 'Marina Heights'])
    expect(printed).not.toContain(secret)
})
