import { createServer } from 'node:http'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { purchase, tabbyAt, type TabbyCall } from '../../test/tabby.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'

type News = { header: string | undefined; body: { id: string; status: string; captures: object[]; refunds: object[] } }

let sandbox: RunningSandbox
let call: TabbyCall
let news: News[]
let answers: number[]
let stop: () => Promise<void>

beforeEach(async () => {
  news = []
  answers = []
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const header = req.headers['x-dhow-webhook']
      news.push({ header: String(header), body: JSON.parse(Buffer.concat(chunks).toString()) })
      res.writeHead(answers.shift() ?? 200).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const webhookUrl = `http://127.0.0.1:${port}/webhooks/tabby`
  sandbox = await startSandbox({ tabby: { webhookUrl }, webhookRetryDelaysMs: [1, 1, 1, 1] })
  call = tabbyAt(sandbox)
  stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})
afterEach(async () => {
  await sandbox.close()
  await stop()
})

const open = async (): Promise<string> => {
  const { body } = await call('POST', '/api/v2/checkout', purchase())
  return String(body['payment'].id)
}
const told = async (): Promise<string[]> => {
  await sandbox.control.webhooksSettled()
  return news.map(({ body }) => `${body.status} ${body.captures.length} ${body.refunds.length}`)
}

test('the usual run is told in small letters: authorised, captured, closed, refunded', async () => {
  const id = await open()
  sandbox.control.tabby.approve(id)
  await call('POST', `/api/v2/payments/${id}/captures`, { amount: '149.50', reference_id: 'c1' })
  await call('POST', `/api/v2/payments/${id}/refunds`, { amount: '20.00', reference_id: 'r1' })
  expect(await told()).toEqual(['authorized 0 0', 'authorized 1 0', 'closed 1 0', 'closed 1 1'])
  expect(news[0]).toMatchObject({
    header: 'dhow-tabby-webhook',
    body: { id, amount: '149.50', currency: 'AED', is_test: true, meta: { order_id: 'order-1' }, closed_at: null },
  })
})

test('a refusal and a close are told; leaving and expiring are not, unless Tabby has switched it on', async () => {
  const [refused, left, agreed] = [await open(), await open(), await open()]
  sandbox.control.tabby.reject(refused)
  sandbox.control.tabby.abandon(left)
  sandbox.control.tabby.expireNow(left)
  sandbox.control.tabby.approve(agreed)
  await call('POST', `/api/v2/payments/${agreed}/close`)
  expect((await told()).toSorted()).toEqual(['authorized 0 0', 'closed 0 0', 'rejected 0 0'])
  sandbox.control.tabby.announceExpiry(true)
  const late = await open()
  sandbox.control.advanceClock(31 * 60_000)
  await call('GET', `/api/v2/payments/${late}`)
  expect(await told()).toContain('expired 0 0')
})

test('a delivery is tried five times until it is answered by 200 itself, and a forged one carries another secret', async () => {
  const id = await open()
  answers = [500, 500, 204, 302]
  sandbox.control.setWebhooks({ forgeNext: 1 })
  sandbox.control.tabby.approve(id)
  await told()
  expect(news.map(({ header }) => header === 'dhow-tabby-webhook')).toEqual([false, true, true, true, true])
})

test('whoever registers hears of it too, with the header they chose', async () => {
  const target = sandbox.config.tabby.webhookUrl
  sandbox.config.tabby.webhookUrl = undefined
  const header = { title: 'X-Dhow-Webhook', value: 'of-our-own' }
  const { body } = await call('POST', '/api/v1/webhooks', { url: target, header })
  expect((await call('GET', '/api/v1/webhooks')).body).toMatchObject([{ id: body['id'], url: target, header }])
  sandbox.control.tabby.approve(await open())
  await told()
  expect(news).toMatchObject([{ header: 'of-our-own' }])
  expect((await call('DELETE', `/api/v1/webhooks/${body['id']}`)).body).toEqual({ status: 'ok' })
  expect((await call('GET', '/api/v1/webhooks')).body).toBeNull()
})
