import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aed, purchase, tamaraAt, type TamaraCall } from '../../test/tamara.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'

type News = { token: string; query: string | null; body: { order_id: string; event_type: string; data: unknown } }

let sandbox: RunningSandbox
let call: TamaraCall
let news: News[]
let answers: number[]
let webhookUrl: string
let stop: () => Promise<void>

beforeEach(async () => {
  news = []
  answers = []
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      news.push({
        token: (req.headers.authorization ?? '').replace('Bearer ', ''),
        query: new URL(req.url ?? '', 'http://shop').searchParams.get('tamaraToken'),
        body: JSON.parse(Buffer.concat(chunks).toString()),
      })
      res.writeHead(answers.shift() ?? 200).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  webhookUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/webhooks/tamara`
  sandbox = await startSandbox({ tamara: { webhookUrl }, webhookRetryDelaysMs: [1, 1] })
  call = tamaraAt(sandbox)
  stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})
afterEach(async () => {
  await sandbox.close()
  await stop()
})

const open = async (): Promise<string> => String((await call('POST', '/checkout', purchase())).body['order_id'])
async function told(): Promise<string[]> {
  await sandbox.control.webhooksSettled()
  return news.map(({ body }) => body.event_type)
}
const isSigned = (token: string, secret = sandbox.config.tamara.notificationToken): boolean => {
  const [header, claims, signature] = token.split('.')
  return createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url') === signature
}

test('the usual run is told with the words and movements Tamara has for it', async () => {
  const id = await open()
  sandbox.control.tamara.approve(id)
  await call('POST', `/orders/${id}/authorise`)
  const shipping_info = { shipped_at: '2026-11-24T08:00:00Z', shipping_company: 'Aramex' }
  await call('POST', '/payments/capture', { order_id: id, total_amount: aed(100), shipping_info })
  await call('POST', `/orders/${id}/cancel`, { total_amount: aed(49.5) })
  await call('POST', `/payments/simplified-refund/${id}`, { total_amount: aed(10), comment: 'returned' })
  expect(await told()).toEqual([
    'order_approved',
    'order_authorised',
    'order_captured',
    'order_canceled',
    'order_refunded',
  ])
  expect(news.map(({ body }) => body.data)).toMatchObject([
    [],
    [],
    { captured_amount: aed(100) },
    { canceled_amount: aed(49.5) },
    { refunded_amount: aed(10), comment: 'returned' },
  ])
  for (const { body, token, query } of news) {
    expect(body).toMatchObject({ order_id: id, order_reference_id: 'order-1', order_number: 'DH-7K3M-9QX2' })
    expect([isSigned(token), query]).toEqual([true, token])
  }
  const [, claims = ''] = news[0]?.token.split('.') ?? []
  const { iat, exp, iss } = JSON.parse(Buffer.from(claims, 'base64url').toString())
  expect([exp - iat, iss]).toEqual([900, 'Tamara'])
})

test('what lapses is told when the clock moves, and a refusal says why', async () => {
  const [lapsing, refused, forgotten] = [await open(), await open(), await open()]
  sandbox.control.tamara.decline(refused)
  sandbox.control.tamara.approve(forgotten)
  sandbox.control.advanceClock(31 * 60_000)
  sandbox.control.advanceClock(72 * 3_600_000)
  await told()
  const about = (id: string) => news.filter(({ body }) => body.order_id === id).map(({ body }) => body.event_type)
  expect([about(lapsing), about(refused), about(forgotten)]).toEqual([
    ['order_expired'],
    ['order_declined'],
    ['order_approved', 'order_expired'],
  ])
})

test('what was not taken is sent again, signed anew; a forged one carries a wrong token', async () => {
  sandbox.control.setWebhooks({ forgeNext: 1 })
  answers.push(401)
  sandbox.control.tamara.approve(await open())
  await told()
  expect(news.map(({ token }) => isSigned(token))).toEqual([false, true])
})

test('whoever registered hears of what they asked for, with their own headers', async () => {
  const { body: made } = await call('POST', '/webhooks', {
    type: 'order',
    url: `${webhookUrl}/registered`,
    events: ['order_declined'],
    headers: { 'x-shop': 'dhow' },
  })
  expect((await call('GET', `/webhooks/${made['webhook_id']}`)).body).toEqual(made)
  sandbox.control.tamara.approve(await open())
  sandbox.control.tamara.decline(await open())
  expect((await told()).toSorted()).toEqual(['order_approved', 'order_declined', 'order_declined'])
  await call('DELETE', `/webhooks/${made['webhook_id']}`)
  expect((await call('GET', `/webhooks/${made['webhook_id']}`)).status).toBe(404)
  expect(
    (await call('POST', '/webhooks', { type: 'order', url: 'http://shop.test/', events: ['order_approved'] })).status,
  ).toBe(400)
})

test('a sandbox restarted with a state file still knows its orders', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dhow-tamara-'))
  const stateFile = path.join(folder, 'sandbox.json')
  const first = await startSandbox({ stateFile })
  const { body: made } = await tamaraAt(first)('POST', '/checkout', purchase())
  first.control.tamara.approve(made['order_id'])
  await first.close()

  const second = await startSandbox({ stateFile })
  expect((await tamaraAt(second)('POST', `/orders/${made['order_id']}/authorise`)).status).toBe(200)
  expect((await tamaraAt(second)('GET', '/merchants/orders/reference-id/order-1')).body['status']).toBe('authorised')
  expect(second.control.payments('tamara')).toMatchObject([
    { id: made['order_id'], amount: 14_950, state: 'authorised' },
  ])
  await second.close()
  rmSync(folder, { recursive: true })
})
