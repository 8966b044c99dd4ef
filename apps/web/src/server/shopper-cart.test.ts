import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { getOrder } from '@dhow/contracts/orders.ts'
import { expect, test, vi } from 'vitest'
import type { PageContext } from '../framework/page.ts'
import { orderTokenOf, rememberOrder } from './order-cookie.ts'
import { askOrder } from './shopper-cart.ts'

const number = 'DH-2A3B-4C5D'
const token = 't'.repeat(32)
const notFound = new ApiProblem({
  type: '',
  title: '',
  status: 404,
  instance: '/',
  code: 'orders/not-found',
  requestId: 'r',
})

type Answer = (...asked: unknown[]) => Promise<unknown>

/** A browser that holds the order's token. */
function browserWith({ session, call }: { session: Answer | null; call: Answer }) {
  const values = new Map<string, string>()
  const cookies = {
    get: (name: string) => values.get(name),
    set: (name: string, value: string) => void values.set(name, value),
    clear: (name: string) => void values.delete(name),
  }
  rememberOrder(cookies, { number, token })
  const asked = {
    asCustomer: vi.fn<Answer>(session ?? (() => Promise.reject(new Error('nobody is signed in')))),
    asHolder: vi.fn<Answer>(call),
  }
  const ctx = {
    cookies,
    api: { call: asked.asHolder },
    session: { isPresent: session !== null, ask: asked.asCustomer },
  }
  return { ctx: ctx as unknown as PageContext, ...asked }
}

test('somebody signed in asks as the customer and as the token’s holder in one', async () => {
  const { ctx, asCustomer, asHolder } = browserWith({
    session: () => Promise.resolve('theirs'),
    call: () => Promise.reject(notFound),
  })
  expect(await askOrder(ctx, getOrder, number)).toBe('theirs')
  expect(asCustomer).toHaveBeenCalledWith(getOrder, { params: { number }, orderToken: token })
  expect(asHolder).not.toHaveBeenCalled()
})

test.each([
  ['nobody is signed in', null],
  ['the session has just ended', () => Promise.resolve(undefined)],
])('the token alone will do when %s', async (_, session) => {
  const { ctx } = browserWith({ session, call: () => Promise.resolve('held') })
  expect(await askOrder(ctx, getOrder, number)).toBe('held')
})

test.each([
  ['a guest', null],
  ['somebody signed in', () => Promise.reject(notFound)],
])('a token that opens nothing is forgotten, of %s', async (_, session) => {
  const { ctx } = browserWith({ session, call: () => Promise.reject(notFound) })
  expect(await askOrder(ctx, getOrder, number)).toBeUndefined()
  expect(orderTokenOf(ctx.cookies, number)).toBeUndefined()
})
