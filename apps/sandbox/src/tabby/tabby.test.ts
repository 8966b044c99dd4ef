import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { purchase, tabbyAt, type TabbyCall } from '../../test/tabby.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'

let sandbox: RunningSandbox
let call: TabbyCall

beforeAll(async () => {
  sandbox = await startSandbox()
  call = tabbyAt(sandbox)
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const open = async (change: Parameters<typeof purchase>[0] = {}): Promise<string> => {
  const { body } = await call('POST', '/api/v2/checkout', purchase(change))
  return String(body['payment'].id)
}
async function authorised(): Promise<string> {
  const id = await open()
  sandbox.control.tabby.approve(id)
  return id
}
const capture = (id: string, amount: string, reference: string = amount) =>
  call('POST', `/api/v2/payments/${id}/captures`, { amount, reference_id: reference })
const refund = (id: string, amount: string, reference: string = amount) =>
  call('POST', `/api/v2/payments/${id}/refunds`, { amount, reference_id: reference })
const fault = (errorType: string) => ({ status: 'error', errorType })

describe('a session', () => {
  test('has a page while it can be opened, then none', async () => {
    const { status, body } = await call('POST', '/api/v2/checkout', purchase())
    expect(status).toBe(200)
    expect(body).toMatchObject({
      status: 'created',
      payment: { status: 'CREATED', amount: '149.50', is_test: true, meta: { order_id: 'order-1' } },
      configuration: { products: { installments: { is_available: true, rejection_reason: null } } },
    })
    expect(body['configuration'].available_products.installments[0].web_url).toContain('/tabby/checkout/')
    sandbox.control.advanceClock(20 * 60_000)
    const { body: later } = await call('GET', `/api/v2/checkout/${body['id']}`)
    expect(later).toMatchObject({
      status: 'expired',
      payment: { status: 'CREATED' },
      configuration: { available_products: { installments: null } },
    })
    sandbox.control.advanceClock(10 * 60_000)
    expect((await call('GET', `/api/v2/payments/${body['payment'].id}`)).body).toMatchObject({ status: 'EXPIRED' })
  })

  test.each([
    [{ amount: '10000.01' }, 'order_amount_too_high'],
    [{ amount: '9.99' }, 'order_amount_too_low'],
    [{ phone: '0500000002' }, 'not_available'],
    [{ phone: '+971500000002' }, 'not_available'],
  ])('with %j is refused by a 200 without a page', async (change, reason) => {
    const { status, body } = await call('POST', '/api/v2/checkout', purchase(change))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      status: 'rejected',
      payment: { status: 'REJECTED' },
      configuration: {
        available_products: { installments: null },
        products: { installments: { is_available: false, rejection_reason: reason } },
      },
    })
  })

  test.each([149.5, 14_950, '149.5', '14950', '149.500', '-149.50', '0149.50', ' 149.50', '١٤٩.٥٠'])(
    'does not take %j for an amount',
    async (amount) => {
      const { status, body } = await call('POST', '/api/v2/checkout', purchase({ amount }))
      expect(status).toBe(400)
      expect(body).toMatchObject({ ...fault('bad_data'), errors: [{ field: '$.payment.amount', code: 'invalid' }] })
    },
  )

  test('names every field that is missing or unknown', async () => {
    const asked = structuredClone(purchase()) as { payment: Record<string, unknown>; merchantUrls?: object }
    delete asked.payment['order_history']
    asked.payment['orderHistory'] = []
    const { body } = await call('POST', '/api/v2/checkout', asked)
    const fields = body['errors'].map(({ field }: { field: string }) => field)
    expect(fields.toSorted()).toEqual(['$.payment.orderHistory', '$.payment.order_history'])
  })

  test('takes return addresses of the allowed characters only', async () => {
    const asked = { ...purchase(), merchant_urls: { success: 'http://shop.test/a_b' } }
    expect((await call('POST', '/api/v2/checkout', asked)).body).toMatchObject({
      errors: [{ field: '$.merchant_urls.success' }],
    })
  })

  test('is of one currency and one merchant', async () => {
    expect(await call('POST', '/api/v2/checkout', purchase({ currency: 'SAR' }))).toMatchObject({
      status: 400,
      body: fault('bad_data'),
    })
    expect(await call('POST', '/api/v2/checkout', { ...purchase(), merchant_code: 'SA' })).toMatchObject({
      status: 401,
      body: fault('not_authorized'),
    })
  })
})

describe('keys and addresses', () => {
  const id = 'a2b3c4d5-0000-4000-8000-000000000000'
  test.each([
    ['no key', { authorization: '' }, 401, 'not_authorized'],
    ['another scheme', { authorization: 'Basic c2s6' }, 401, 'not_authorized'],
    ['an unknown key', { authorization: 'Bearer sk_test_other' }, 401, 'not_authorized'],
    ['the public key', { authorization: 'Bearer pk_test_dhow_tabby' }, 403, 'no_permission'],
  ] as const)('with %s nothing is read', async (_, headers, status, errorType) => {
    expect(await call('GET', `/api/v2/payments/${id}`, undefined, headers)).toMatchObject({
      status,
      body: fault(errorType),
    })
  })

  test('browsers may open sessions with the public key', async () => {
    const headers = { authorization: 'Bearer pk_test_dhow_tabby' }
    expect(await call('POST', '/api/v2/checkout', purchase(), headers)).toMatchObject({ status: 200 })
  })

  test('what is not there is said in two shapes', async () => {
    expect(await call('GET', `/api/v2/payments/${id}`)).toMatchObject({ status: 404, body: fault('not_found') })
    expect(await call('GET', '/api/v2/payments/1043')).toMatchObject({ status: 400, body: fault('bad_data') })
    expect(await call('GET', '/api/v2/orders')).toEqual({ status: 404, body: '404 page not found' })
  })

  test('a failure is a bare string', async () => {
    sandbox.control.addFault({ provider: 'tabby', kind: 'error500' })
    expect(await call('GET', '/api/v2/payments')).toEqual({ status: 500, body: 'Internal Server error' })
  })
})

describe('money', () => {
  test('is captured in parts up to the amount, each reference once', async () => {
    const id = await authorised()
    expect((await capture(id, '100.00')).body).toMatchObject({ status: 'AUTHORIZED', captures: [{ amount: '100.00' }] })
    expect((await capture(id, '100.00')).body['captures']).toHaveLength(1)
    expect(await capture(id, '49.51')).toMatchObject({ status: 400, body: fault('bad_data') })
    expect((await capture(id, '49.50')).body).toMatchObject({ status: 'CLOSED', captures: [{}, { amount: '49.50' }] })
    expect(await capture(id, '100.00')).toMatchObject({ status: 200, body: { status: 'CLOSED' } })
  })

  test('is not captured before it is agreed to, nor after it was closed', async () => {
    expect(await capture(await open(), '149.50')).toMatchObject({ status: 400 })
    const id = await authorised()
    expect((await call('POST', `/api/v2/payments/${id}/close`)).body).toMatchObject({ status: 'CLOSED', captures: [] })
    expect(await capture(id, '149.50')).toMatchObject({ status: 400 })
    expect(await call('POST', `/api/v2/payments/${id}/close`)).toMatchObject({ status: 400 })
  })

  test('is refunded once closed, up to what was captured, not while disputed and not for ever', async () => {
    const id = await authorised()
    await capture(id, '100.00')
    expect(await refund(id, '10.00')).toMatchObject({ status: 400 })
    await call('POST', `/api/v2/payments/${id}/close`)
    expect((await refund(id, '10.00')).body).toMatchObject({ refunds: [{ amount: '10.00' }] })
    expect((await refund(id, '10.00')).body['refunds']).toHaveLength(1)
    expect(await refund(id, '90.01')).toMatchObject({ status: 400 })
    sandbox.control.tabby.setDisputed(id, true)
    expect(await refund(id, '20.00')).toMatchObject({ status: 409, body: fault('conflict') })
    sandbox.control.tabby.setDisputed(id, false)
    sandbox.control.advanceClock(181 * 86_400_000)
    expect(await refund(id, '20.00')).toMatchObject({ status: 400 })
  })

  test('an order’s number can be changed once it is agreed to', async () => {
    const change = { order: { reference_id: 'DH-2' } }
    expect(await call('PUT', `/api/v2/payments/${await open()}`, change)).toMatchObject({ status: 400 })
    const id = await authorised()
    expect((await call('PUT', `/api/v2/payments/${id}`, change)).body).toMatchObject({
      order: { reference_id: 'DH-2' },
    })
  })
})

describe('the list', () => {
  test('is newest first, in pages of at most twenty', async () => {
    for (let made = 0; made < 22; made += 1) await open()
    const { body } = await call('GET', '/api/v2/payments?limit=20&offset=20')
    expect(body).toMatchObject({ payments: [{}, {}], pagination: { limit: 20, offset: 20, total_count: 22 } })
    expect(await call('GET', '/api/v2/payments?limit=21')).toMatchObject({ status: 400 })
  })

  test('is cut by time and state; of nothing it is null', async () => {
    const id = await authorised()
    await open()
    const { body } = await call('GET', '/api/v2/payments?status=authorized&created_at__gte=2026-01-01')
    expect(body['payments']).toMatchObject([{ id }])
    expect((await call('GET', '/api/v2/payments?status=cancelled')).body['payments']).toBeNull()
    expect((await call('GET', '/api/v2/payments?created_at__lte=2026-01-01T00:00:00Z')).body['payments']).toBeNull()
  })
})

test('a sandbox that is restarted with a state file still knows its payments, and opens their pages', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dhow-tabby-'))
  const stateFile = path.join(folder, 'sandbox.json')
  const first = await startSandbox({ stateFile })
  const { body } = await tabbyAt(first)('POST', '/api/v2/checkout', purchase())
  await first.close()
  const second = await startSandbox({ stateFile })
  expect((await fetch(`${second.url}/tabby/checkout/${body['id']}`)).status).toBe(200)
  expect(second.control.tabby.approve(body['payment'].id)).toBeDefined()
  expect(second.control.payments('tabby')).toMatchObject([{ id: body['payment'].id, state: 'AUTHORIZED' }])
  await second.close()
  rmSync(folder, { recursive: true })
})
