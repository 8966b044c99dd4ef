import { expect, test } from 'vitest'
import type { Cookies } from '../framework/page.ts'
import { forgetOrder, orderTokenOf, paidLately, rememberOrder, rememberPaid } from './order-cookie.ts'

const token = 'a'.repeat(32)
const number = 'DH-7K3M-Q2XP'

function jar(): Cookies & { readableNames: string[] } {
  const kept = new Map<string, string>()
  const readableNames: string[] = []
  return {
    readableNames,
    get: (name) => kept.get(name),
    set(name, value, options) {
      kept.set(name, value)
      if (options?.readable) readableNames.push(name)
    },
    clear: (name) => void kept.delete(name),
  }
}

test('an order is opened by the token kept for its number, out of reach of scripts', () => {
  const cookies = jar()
  rememberOrder(cookies, { number, token })
  expect(orderTokenOf(cookies, number)).toBe(token)
  expect(orderTokenOf(cookies, 'DH-0000-0000')).toBeUndefined()
  expect(cookies.readableNames).toEqual([])
  forgetOrder(cookies, number)
  expect(orderTokenOf(cookies, number)).toBeUndefined()
})

test('a malformed number or token opens nothing', () => {
  const cookies = jar()
  cookies.set(`dhow_order_${number}`, 'short')
  expect(orderTokenOf(cookies, number)).toBeUndefined()
  expect(orderTokenOf(cookies, '../x')).toBeUndefined()
})

test('an order paid lately is known only to who can open it', () => {
  const cookies = jar()
  rememberPaid(cookies, number)
  expect(paidLately(cookies)).toBeUndefined()
  rememberOrder(cookies, { number, token })
  expect(paidLately(cookies)).toBe(number)
})
