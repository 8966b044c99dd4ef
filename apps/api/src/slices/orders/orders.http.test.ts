import { getOrder, lookUpOrder } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { codeOf, problemOf } from '../../../test/problems.ts'
import { rawJson, rawRequest } from '../../../test/raw-request.ts'

const app = await startTestApp()
const { api, given, db, baseUrl } = app

describe('an order', () => {
  test('is shown to whoever holds its token, in the language asked for', async () => {
    const variant = await given.variant({ name: { en: 'Oud', ar: 'عود' } })
    const guest = await given.order({ variant, state: 'awaiting-payment' })
    const placed = await guest.placeOrder()
    const call = { params: { number: guest.view.number }, orderToken: placed.token ?? '' }
    expect(await api.call(getOrder, call)).toEqual(placed.order)
    const arabic = await api.call(getOrder, { ...call, locale: 'ar' })
    expect([arabic.lines[0]?.name, arabic.locale]).toEqual(['عود', 'en'])
  })

  test('is not found by a wrong token, by no token, by another order’s token, and under an unknown number alike', async () => {
    const [mine, other] = await Promise.all([
      given.order({ state: 'awaiting-payment' }),
      given.order({ state: 'awaiting-payment' }),
    ])
    const { token = '' } = await mine.placeOrder()
    const ask = (number: string, orderToken: string) =>
      problemOf(api.call(getOrder, { params: { number }, orderToken }))
    const problems = [
      await ask(other.view.number, token),
      await ask(other.view.number, ''),
      await ask(other.view.number, 'x'.repeat(32)),
      await ask(other.view.number, 'x'.repeat(5000)),
      await ask('DH-0000-0000', token),
    ]
    expect(new Set(problems.map((problem) => `${problem.status} ${problem.code} ${problem.document.title}`)).size).toBe(
      1,
    )
    expect(problems[0]?.code).toBe('orders/not-found')
  })

  test('is asked for by a number of the right shape only', async () => {
    for (const number of ['DH-0000', 'dh-0000-0000', 'DH-OOOO-0000', '1'])
      expect(await codeOf(api.call(getOrder, { params: { number }, orderToken: 'x' }))).toBe('request/invalid')
  })

  test('is never kept by caches, and its token is not in its address', async () => {
    const guest = await given.order({ state: 'awaiting-payment' })
    const { token = '' } = await guest.placeOrder()
    const url = `${baseUrl}/api/v1/orders/${guest.view.number}`
    const answer = await rawRequest(url, { headers: { 'order-token': token } })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect((await rawRequest(`${url}?token=${token}`)).status).not.toBe(200)
  })

  test('keeps who and where in the database only sealed', async () => {
    const guest = await given.order({ state: 'awaiting-payment' })
    const row = await db
      .selectFrom('orders')
      .selectAll()
      .where('number', '=', guest.view.number)
      .executeTakeFirstOrThrow()
    for (const buffer of Object.values(row).filter((value) => Buffer.isBuffer(value)))
      for (const secret of [guest.contact.email, guest.contact.name, guest.contact.phone])
        expect(buffer.includes(secret)).toBe(false)
  })

  test('once paid tells so, with the card', async () => {
    const guest = await given.order({ state: 'confirmed' })
    expect(guest.view).toMatchObject({
      state: 'confirmed',
      canCancel: false,
      payBefore: null,
      payment: {
        state: 'captured',
        amount: money(11_500),
        card: { brand: 'visa', last4: '4242' },
        declineReason: null,
      },
    })
    expect(guest.view.timeline.map((entry) => entry.kind).slice(0, 3)).toEqual(['placed', 'paid', 'confirmed'])
  })
})

describe('looking an order up', () => {
  const look = (number: string, phoneOrEmail: string) => api.call(lookUpOrder, { body: { number, phoneOrEmail } })

  test('finds it by its number and the phone or e-mail, as people write them', async () => {
    const guest = await given.order({
      state: 'awaiting-payment',
      contact: { email: 'Sara@Example.com', phone: '0501234567' },
    })
    const { token } = await guest.placeOrder()
    const { number } = guest.view
    const found = { number, token }
    const typedNumbers = [number, number.toLowerCase(), ` ${number.replaceAll('-', ' ')} `, number.slice(3)]
    for (const typed of typedNumbers) expect(await look(typed, 'sara@example.com')).toEqual(found)
    for (const typed of [' SARA@example.com ', '050 123 4567', '+971501234567', '٠٥٠١٢٣٤٥٦٧'])
      expect(await look(number, typed)).toEqual(found)
  })

  test('answers the same for a wrong pair, an unknown number and a number that is none', async () => {
    const [mine, other] = await Promise.all([
      given.order({ state: 'awaiting-payment' }),
      given.order({ state: 'awaiting-payment' }),
    ])
    const problems = [
      await problemOf(look(mine.view.number, other.contact.email)),
      await problemOf(look(mine.view.number, other.contact.phone)),
      await problemOf(look('DH-0000-0000', mine.contact.email)),
      await problemOf(look('hello', mine.contact.email)),
    ]
    expect(new Set(problems.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['404 orders/not-found']))
  })

  test('does not take the phone of the recipient for that of the customer', async () => {
    const guest = await given.order({ state: 'awaiting-payment', address: { phone: '0589999999' } })
    expect(await codeOf(look(guest.view.number, '0589999999'))).toBe('orders/not-found')
  })

  test('refuses empty, overlong and additional input', async () => {
    const post = (body: unknown) => rawJson(`${baseUrl}/api/v1/orders/lookup`, 'POST', body)
    const answers = [
      await post({ number: '', phoneOrEmail: ' ' }),
      await post({ number: 'x'.repeat(500), phoneOrEmail: 'y'.repeat(5000) }),
      await post({ number: 'DH-0000-0000', phoneOrEmail: 'a@example.com', isAdmin: true }),
    ]
    expect(answers.map((answer) => answer.status)).toEqual([422, 422, 422])
    expect(answers[0]?.body).toMatchObject({
      errors: [
        { pointer: '/number', code: 'required' },
        { pointer: '/phoneOrEmail', code: 'required' },
      ],
    })
  })

  test('is limited, so that numbers cannot be guessed', async () => {
    const limited = await startTestApp({ env: { RATE_LIMIT_ORDER_LOOKUP_PER_HOUR: '3' } })
    const tryOnce = () =>
      rawJson(`${limited.baseUrl}/api/v1/orders/lookup`, 'POST', {
        number: 'DH-0000-0000',
        phoneOrEmail: 'a@example.com',
      })
    const answers = [await tryOnce(), await tryOnce(), await tryOnce(), await tryOnce()]
    expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404, 429])
    expect(answers[3]?.code).toBe('request/rate-limited')
    expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(3000)
  })
})
