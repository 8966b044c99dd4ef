import { addLine, createCart, getCart } from '@dhow/contracts/cart.ts'
import { searchProducts } from '@dhow/contracts/catalog.ts'
import { describe, expect, test } from 'vitest'
import { ApiProblem, ApiUnreachable, createApiClient } from './api-client.ts'

interface Sent {
  url: string
  init: RequestInit
}

/** A client whose network gives the answers one after the other. */
function clientWith(...answers: (Response | Error)[]) {
  const sent: Sent[] = []
  const api = createApiClient({
    baseUrl: 'http://api',
    fetch: (url, init = {}) => {
      sent.push({ url: String(url instanceof Request ? url.url : url), init })
      const answer = answers.shift() ?? new Error('no more answers')
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
    },
  })
  return { api, sent }
}
const json = (status: number, body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })
const problem = (status: number, code: string, more: object = {}, headers: Record<string, string> = {}) =>
  json(
    status,
    { type: `urn:dhow:problem:${code}`, title: code, status, instance: '/', code, requestId: 'r', ...more },
    headers,
  )

describe('a call', () => {
  test('fills path, query and headers, and gives the answer', async () => {
    const { api, sent } = clientWith(json(201, { id: 1 }), json(200, { items: [] }))
    const params = { cartId: 'a/b?c' }
    const options = {
      locale: 'ar',
      idempotencyKey: 'key-1234',
      orderToken: 'token',
      headers: { 'x-request-id': 'trace' },
    } as const
    expect(await api.call(addLine, { params, body: { variantId: 'v' }, ...options })).toEqual({ id: 1 })
    expect(sent[0]?.url).toBe('http://api/api/v1/carts/a%2Fb%3Fc/lines')
    expect(sent[0]?.init).toMatchObject({
      method: 'POST',
      body: '{"variantId":"v"}',
      headers: {
        'accept-language': 'ar',
        'idempotency-key': 'key-1234',
        'order-token': 'token',
        'content-type': 'application/json',
        'x-request-id': 'trace',
      },
    })
    await api.call(searchProducts, { query: { q: 'عود & مسك', sort: undefined } })
    expect(sent[1]?.url).toBe('http://api/api/v1/search?q=%D8%B9%D9%88%D8%AF+%26+%D9%85%D8%B3%D9%83')
  })

  test('that is refused throws the problem with its code, faults and extensions', async () => {
    const errors = [{ pointer: '/quantity', code: 'too-big' }]
    const { api } = clientWith(problem(422, 'request/invalid', { errors, extra: 5 }))
    const thrown = await api.call(getCart, { params: { cartId: 'x' } }).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(ApiProblem)
    expect(thrown).toMatchObject({ code: 'request/invalid', status: 422, errors, document: { extra: 5 } })
  })

  test.each([
    ['no answer', new TypeError('fetch failed')],
    ['a page of a proxy', new Response('<h1>Bad gateway</h1>', { status: 502 })],
    ['a page of a proxy that says it is well', new Response('<h1>Hello</h1>', { status: 200 })],
    ['a problem of somebody else', json(404, { code: 'not/ours' })],
  ])('that gets %s throws ApiUnreachable', async (_what, answer) => {
    const { api } = clientWith(answer)
    await expect(api.call(getCart, { params: { cartId: 'x' } })).rejects.toBeInstanceOf(ApiUnreachable)
  })

  test('whose first request with the same key still runs waits as told and asks again', async () => {
    const running = () => problem(409, 'idempotency/in-progress', {}, { 'retry-after': '0' })
    const { api, sent } = clientWith(running(), running(), json(201, { id: 1 }))
    expect(await api.call(createCart, { body: {}, idempotencyKey: 'key-1234' })).toEqual({ id: 1 })
    expect(sent).toHaveLength(3)
  })

  test('gives up in the end when the first request never ends', async () => {
    const running = Array.from({ length: 30 }, () =>
      problem(409, 'idempotency/in-progress', {}, { 'retry-after': '0' }),
    )
    const { api, sent } = clientWith(...running)
    await expect(api.call(createCart, { body: {}, idempotencyKey: 'key-1234' })).rejects.toMatchObject({
      code: 'idempotency/in-progress',
    })
    expect(sent).toHaveLength(21)
  })

  test('with an answer without a body gives null', async () => {
    const { api } = clientWith(new Response(null, { status: 204 }))
    expect(await api.call(getCart, { params: { cartId: 'x' } })).toBeNull()
  })
})
