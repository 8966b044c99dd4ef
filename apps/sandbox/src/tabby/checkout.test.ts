import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { purchase, tabbyAt } from '../../test/tabby.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'
import { scheduleOf } from './schedule.ts'

let sandbox: RunningSandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

type Press = (action: string, fields?: Record<string, string>) => Promise<{ to: string | null; page: string }>

/** A purchase whose page's buttons can be pressed. */
async function open(change: Parameters<typeof purchase>[0] = {}): Promise<{ press: Press; id: string }> {
  const { body } = await tabbyAt(sandbox)('POST', '/api/v2/checkout', purchase(change))
  const address = body['configuration'].available_products.installments[0].web_url
  return {
    id: body['payment'].id,
    async press(action, fields = {}) {
      const form = new URLSearchParams({ action, lang: 'en', ...fields })
      const response = await fetch(address, { method: 'POST', body: form, redirect: 'manual' })
      return { to: response.headers.get('location'), page: await response.text() }
    },
  }
}
const statusOf = (id: string) => sandbox.control.tabby.find(id)?.status

test('otp.rejected@… is refused once the code was typed', async () => {
  const { press, id } = await open({ email: 'otp.rejected@tabby.ai' })
  await press('phone')
  expect(await press('code', { code: '8888' })).toMatchObject({ to: `http://shop.test/failed?payment_id=${id}` })
  expect(statusOf(id)).toBe('REJECTED')
})

test('declining fails the payment; leaving does not', async () => {
  const declined = await open()
  expect(await declined.press('decline')).toMatchObject({ to: `http://shop.test/failed?payment_id=${declined.id}` })
  expect(statusOf(declined.id)).toBe('REJECTED')
  const left = await open()
  expect(await left.press('leave')).toMatchObject({ to: `http://shop.test/left?payment_id=${left.id}` })
  expect(statusOf(left.id)).toBe('CREATED')
})

test('nothing is agreed to before the code was typed, and nothing twice', async () => {
  const { press, id } = await open()
  expect((await press('approve')).page).toContain('Send the code')
  expect((await press('code', { code: '8888' })).page).toContain('Send the code')
  await press('phone')
  expect((await press('code', { code: '' })).page).toContain('role="alert"')
  await press('code', { code: '8888' })
  expect(await press('approve')).toMatchObject({ to: `http://shop.test/paid?order=1&payment_id=${id}` })
  expect(statusOf(id)).toBe('AUTHORIZED')
  expect((await press('decline')).page).toContain('Everything is agreed')
  expect(statusOf(id)).toBe('AUTHORIZED')
})

test('a page that is twenty minutes old offers nothing but the way back', async () => {
  const { press, id } = await open()
  sandbox.control.advanceClock(20 * 60_000)
  const { page } = await press('phone')
  expect(page).toContain('This page has expired')
  expect(page.match(/<button/g)).toHaveLength(1)
  expect((await press('leave')).to).toBe(`http://shop.test/left?payment_id=${id}`)
})

test('no page for a session that is not there', async () => {
  expect((await fetch(`${sandbox.url}/tabby/checkout/nobody`)).status).toBe(404)
})

test.each([
  [14_950, [3_739, 3_737, 3_737, 3_737]],
  [1_000, [250, 250, 250, 250]],
  [1_003, [253, 250, 250, 250]],
])('%i fils are four payments a month apart, the first with what does not divide', (total, amounts) => {
  const parts = scheduleOf(total, Date.parse('2026-11-24T08:00:00Z'))
  expect(parts.map(({ amount }) => amount)).toEqual(amounts)
  expect(parts.map(({ dueMs }) => new Date(dueMs).toISOString().slice(0, 10))).toEqual([
    '2026-11-24',
    '2026-12-24',
    '2027-01-24',
    '2027-02-24',
  ])
})
