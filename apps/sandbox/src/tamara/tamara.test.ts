import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { address, aed, purchase, tamaraAt, type TamaraCall } from '../../test/tamara.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'
import { planOf } from './plan.ts'

let sandbox: RunningSandbox
let call: TamaraCall
beforeAll(async () => {
  sandbox = await startSandbox()
  call = tamaraAt(sandbox)
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const HOUR_MS = 3_600_000
const shipping_info = { shipped_at: '2026-11-24T08:00:00Z', shipping_company: 'Aramex' }

async function open(change: object = {}): Promise<string> {
  const { body } = await call('POST', '/checkout', purchase(change))
  return String(body['order_id'])
}
async function held(): Promise<string> {
  const id = await open()
  sandbox.control.tamara.approve(id)
  await call('POST', `/orders/${id}/authorise`)
  return id
}
const statusOf = async (id: string) => (await call('GET', `/merchants/orders/${id}`)).body['status']
const codesOf = ({ body }: { body: Record<string, unknown> }) =>
  (body['errors'] as { error_code: string }[] | undefined)?.map(({ error_code }) => error_code)

describe('a checkout', () => {
  test('is a new order with a page of its own, found by its id and by our reference', async () => {
    const made = await call('POST', '/checkout', purchase())
    expect(made).toMatchObject({ status: 200, body: { status: 'new' } })
    const { order_id: id, checkout_id: checkout, checkout_url: url } = made.body
    expect(url).toBe(`${sandbox.url}/tamara/checkout/${checkout}?locale=en`)
    for (const path of [`/merchants/orders/${id}`, `/orders/${id}`, '/merchants/orders/reference-id/order-1'])
      expect((await call('GET', path)).body).toMatchObject({
        order_id: id,
        status: 'new',
        total_amount: { amount: 149.5, currency: 'AED' },
        captured_amount: { amount: 0, currency: 'AED' },
        transactions: { captures: [], refunds: [], cancels: [] },
      })
  })

  test.each<[string, object, string]>([
    ['an amount as text', { total_amount: { amount: '149.50', currency: 'AED' } }, 'total_amount_amount_invalid'],
    ['an amount in fils', { total_amount: aed(14_950) }, 'total_amount_invalid'],
    ['a third decimal', { total_amount: aed(149.505) }, 'amount_invalid'],
    ['a stray SAR', { shipping_amount: { amount: 20, currency: 'SAR' } }, 'total_amount_invalid_currency'],
    ['another country', { country_code: 'SA' }, 'currency_unsupported'],
    ['a delivery abroad', { shipping_address: { ...address, country_code: 'SA' } }, 'not_supported_delivery_country'],
    ['a total one fils off', { total_amount: aed(149.51) }, 'total_amount_invalid'],
    ['VAT above the total', { tax_amount: aed(150) }, 'tax_amount_invalid'],
    ['an unknown field', { amount: 1 }, 'invalid_request'],
    ['no items', { items: [] }, 'items_invalid'],
    ['a session of four minutes', { expires_in_minutes: 4 }, 'expires_in_minutes_invalid'],
    [
      'a foreign phone',
      { consumer: { ...purchase().consumer, phone_number: '+966512345678' } },
      'consumer_invalid_phone_number',
    ],
  ])('with %s is refused', async (_what, change, code) => {
    const answer = await call('POST', '/checkout', purchase(change))
    expect([answer.status, codesOf(answer)]).toEqual([400, expect.arrayContaining([code])])
    expect(sandbox.control.tamara.state().orders).toEqual([])
  })

  test('whose line does not add up is refused', async () => {
    const [item] = purchase().items
    const answer = await call('POST', '/checkout', purchase({ items: [{ ...item, discount_amount: aed(0) }] }))
    expect(codesOf(answer)).toEqual(['items_total_amount_invalid'])
  })

  test('needs the token, JSON, and a body that is some', async () => {
    expect((await tamaraAt(sandbox, 'wrong')('POST', '/checkout', purchase())).status).toBe(401)
    expect((await call('POST', '/checkout', '{')).status).toBe(400)
    expect((await call('POST', '/checkout')).status).toBe(400)
  })

  test('lapses by the clock, and can be voided only while it is unpaid', async () => {
    const { body: lapsing } = await call('POST', '/checkout', purchase())
    sandbox.control.advanceClock(30 * 60_000)
    expect(await statusOf(lapsing['order_id'])).toBe('expired')
    const { body: fresh } = await call('POST', '/checkout', purchase({ expires_in_minutes: 5 }))
    const path = `/checkout/${fresh['checkout_id']}/void`
    expect((await call('POST', path, { order_id: lapsing['order_id'] })).status).toBe(404)
    expect(await call('POST', path, { order_id: fresh['order_id'] })).toMatchObject({
      status: 200,
      body: { order_was_voided: true },
    })
    expect((await call('POST', path, { order_id: fresh['order_id'] })).status).toBe(409)
    expect(sandbox.control.tamara.approve(fresh['order_id'])).toBe(false)
  })
})

describe('an order', () => {
  test('is authorised once, after it was approved and within 72 hours', async () => {
    const id = await open()
    expect((await call('POST', `/orders/${id}/authorise`)).status).toBe(409)
    sandbox.control.tamara.approve(id)
    expect((await call('POST', `/orders/${id}/authorise`)).body).toMatchObject({ status: 'authorised' })
    expect((await call('POST', `/orders/${id}/authorise`)).status).toBe(409)
    const late = await open()
    sandbox.control.tamara.approve(late)
    sandbox.control.advanceClock(72 * HOUR_MS)
    expect((await call('POST', `/orders/${late}/authorise`)).status).toBe(409)
    expect(await statusOf(late)).toBe('expired')
  })

  test('is captured in parts by whoever carries it, never beyond what is held', async () => {
    const id = await held()
    const capture = (amount: number, more: object = { shipping_info }) =>
      call('POST', '/payments/capture', { order_id: id, total_amount: aed(amount), ...more })
    expect((await capture(50, {})).status).toBe(400)
    expect((await capture(50, { shipping_info: { ...shipping_info, shipping_company: '' } })).status).toBe(400)
    expect((await capture(50)).body).toMatchObject({ status: 'partially_captured', captured_amount: aed(50) })
    expect((await capture(99.51)).status).toBe(400)
    expect((await capture(99.5)).body).toMatchObject({ status: 'fully_captured' })
    expect((await capture(0.01)).status).toBe(409)
  })

  test('is cancelled before and refunded after capture, and never the other way round', async () => {
    const id = await held()
    const refund = (amount: number) =>
      call('POST', `/payments/simplified-refund/${id}`, { total_amount: aed(amount), comment: 'returned' })
    expect((await refund(10)).status).toBe(409)
    expect((await call('POST', `/orders/${id}/cancel`, { total_amount: aed(49.5) })).body).toMatchObject({
      status: 'updated',
    })
    await call('POST', '/payments/capture', { order_id: id, total_amount: aed(100), shipping_info })
    expect((await call('POST', `/orders/${id}/cancel`, { total_amount: aed(1) })).status).toBe(409)
    expect((await refund(40)).body).toMatchObject({ status: 'partially_refunded', refunded_amount: aed(40) })
    expect((await refund(60.01)).status).toBe(400)
    expect((await refund(60)).body).toMatchObject({ status: 'fully_refunded' })
  })

  test('whose total ends in .13 moves, and its answer is lost', async () => {
    const item = { ...purchase().items[0], quantity: 1, unit_price: aed(80.13), total_amount: aed(80.13) }
    const { discount_amount: _none, ...whole } = item
    const id = await open({ items: [whole], total_amount: aed(100.13) })
    sandbox.control.tamara.approve(id)
    await expect(call('POST', `/orders/${id}/authorise`)).rejects.toThrow('fetch failed')
    expect(await statusOf(id)).toBe('authorised')
  })
})

describe('what a buyer is offered', () => {
  const preCheck = (amount: number, phone_number: string) =>
    call('POST', '/checkout/payment-options-pre-check', { country: 'AE', order_value: aed(amount), phone_number })

  test('depends on the amount and on the number', async () => {
    expect((await preCheck(149.5, '+971544337866')).body).toMatchObject({
      has_available_payment_options: true,
      available_payment_labels: [{ instalment: 4 }],
    })
    for (const [amount, phone] of [
      [9.99, '+971544337866'],
      [5_000.01, '+971544337866'],
      [149.5, '+971512345678'],
    ] as const)
      expect((await preCheck(amount, phone)).body).toMatchObject({ has_available_payment_options: false })
    expect(codesOf(await preCheck(149.5, '+447700900123'))).toEqual(['invalid_phone_number'])
    const types = await call('GET', '/checkout/payment-types?country=AE&currency=AED&order_value=149.50')
    expect(types.body).toMatchObject([{ name: 'PAY_BY_INSTALMENTS', max_limit: aed(5_000) }])
  })

  test('is four parts of which the first takes the odd fils', () => {
    const plan = planOf(10_003, Date.parse('2026-01-31T08:00:00Z'))
    expect(plan.map(({ amount }) => amount)).toEqual([2_503, 2_500, 2_500, 2_500])
  })
})
