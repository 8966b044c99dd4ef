import { formatterFor } from '@dhow/i18n/format.ts'
import { createTranslator } from '@dhow/i18n/translate.ts'
import { expect, test } from 'vitest'
import { deliveryWords, dubaiDay, promiseWords } from './delivery-words.ts'

const english = { t: createTranslator('en'), format: formatterFor('en') }
const arabic = { t: createTranslator('ar'), format: formatterFor('ar') }
const plain = (text: string) => text.replace(/[\u00A0\u200E\u200F]/g, ' ')

test('a day in Dubai begins four hours before UTC', () => {
  expect(dubaiDay(new Date('2026-11-22T20:30:00Z'))).toBe('2026-11-23')
  expect(dubaiDay(new Date('2026-11-22T19:30:00Z'))).toBe('2026-11-22')
})

test('today and tomorrow are said in words, later days by weekday', () => {
  const days = (day: string) => ({ earliest: day, latest: day })
  expect(promiseWords(days('2026-11-23'), '2026-11-23', english)).toMatch(/^Today, Mon/)
  expect(promiseWords(days('2026-11-24'), '2026-11-23', english)).toMatch(/^Tomorrow, Tue/)
  expect(promiseWords(days('2026-11-25'), '2026-11-23', english)).toMatch(/^Wed/)
  expect(promiseWords(days('2026-11-24'), '2026-11-23', arabic)).toMatch(/^غدًا/)
})

test('a span names both ends', () => {
  const words = promiseWords({ earliest: '2026-11-25', latest: '2026-11-26' }, '2026-11-23', english)
  expect(words).toMatch(/^Wed.* to Thu/)
})

test('the cut-off is said only on its day', () => {
  const option = {
    method: 'standard' as const,
    price: { amount: 1500, currency: 'AED' as const },
    wasPrice: null,
    earliest: '2026-11-24',
    latest: '2026-11-24',
    orderBefore: '2026-11-23T14:00:00Z',
  }
  const now = new Date('2026-11-23T08:00:00Z')
  expect(plain(deliveryWords(option, now, english).cutOff)).toMatch(/6 pm/i)
  expect(deliveryWords({ ...option, orderBefore: '2026-11-24T14:00:00Z' }, now, english).cutOff).toBe('')
})
