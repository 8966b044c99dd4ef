import { createServer } from 'node:http'
import { once } from 'node:events'
import { afterAll, expect, test } from 'vitest'
import { createTestClock } from '../../../../test/clock.ts'
import { unitConfig } from '../../../../test/unit-config.ts'
import { createMetrics } from '../../../platform/telemetry/metrics.ts'
import { createTabbyClient, isMissing, isRefusal } from './client.ts'
import { TabbyPayment } from './wire.ts'

let answer: { status: number; body: string } = { status: 200, body: '' }
const server = createServer((_req, res) => void res.writeHead(answer.status).end(answer.body))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
const port = typeof address === 'object' && address ? address.port : 0
const config = unitConfig({ TABBY_API_BASE: `http://127.0.0.1:${port}`, TABBY_SECRET_KEY: 'sk_test_x' })
const metrics = createMetrics()
const clock = createTestClock()
const call = createTabbyClient(config, metrics, clock)
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

async function failure(status: number, body: string): Promise<unknown> {
  answer = { status, body }
  clock.advance({ minutes: 1 }) // what failed before is forgotten: no breaker opens
  const asked = { operation: 'fetch', method: 'GET', path: '/api/v2/payments/1', schema: TabbyPayment } as const
  return call(asked).catch((error: unknown) => error)
}

test.each([
  [400, '{"status":"error","errorType":"bad_data","error":"already closed"}', 'tabby 400 bad_data: already closed'],
  [
    400,
    '{"status":"error","errorType":"bad_data","errors":[{"field":"$.payment.currency","code":"invalid","message":"x"}]}',
    'tabby 400 bad_data: $.payment.currency invalid',
  ],
  [500, '"Internal Server error"', 'tabby 500: Internal Server error'],
  [404, '"404 page not found"', 'tabby 404: 404 page not found'],
  [502, '<html>Bad Gateway</html>', 'tabby 502: <html>Bad Gateway</html>'],
  [500, '', 'tabby 500: '],
  [500, 'null', 'tabby 500 : no reason'],
  [500, '[1]', 'tabby 500 : no reason'],
  [400, '{"errorType":17}', 'tabby 400 : no reason'],
])('%i %s is an error and no crash', async (status, body, message) => {
  expect(await failure(status, body)).toMatchObject({ name: 'TabbyError', status, message })
})

test('errors do not carry who it was about into our logs', async () => {
  const body = '{"errorType":"bad_data","error":"buyer noor@example.com with +971501234567 is unknown"}'
  expect(await failure(400, body)).toMatchObject({ message: 'tabby 400 bad_data: buyer … with … is unknown' })
})

test.each([
  [400, true],
  [404, true],
  [409, true],
  [401, false],
  [403, false],
  [429, false],
  [500, false],
])('%i is a refusal: %s', async (status, isOne) => {
  expect(isRefusal(await failure(status, '{}'))).toBe(isOne)
  expect(isMissing(await failure(status, '{}'))).toBe(status === 404)
})

test.each(['', '{', 'null', '"ok"', '{"id":"1"}', '{"id":"1","status":"authorized"}'])(
  'a success of another shape, %j, says nothing about the payment',
  async (body) => {
    const error = await failure(200, body)
    expect(error).toBeInstanceOf(Error)
    expect(isRefusal(error)).toBe(false)
  },
)

test('calls are counted by what came of them', async () => {
  metrics.providerCalls.reset()
  await failure(409, '{}')
  await failure(503, '{}')
  const { values } = await metrics.providerCalls.get()
  expect(values.map(({ labels, value }) => [labels.operation, labels.result, value])).toEqual([
    ['fetch', 'refused', 1],
    ['fetch', 'unknown', 1],
  ])
})
