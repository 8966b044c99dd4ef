import { expect, test } from 'vitest'
import { money } from '@dhow/money/money.ts'
import { compileMessages } from './compile.ts'
import { formatterFor } from './format.ts'
import { createTranslator } from './translate.ts'
import { makeTranslator } from './translator.ts'

const plain = (text: string) => text.replace(/[\u200E\u200F\u061C]/g, '').replace(/[\u00A0\u202F]/g, ' ')

test('a message without arguments is its text, one with is formatted by its language', () => {
  expect(createTranslator('en')('header.cart')).toBe('Cart')
  expect(createTranslator('en')('list.count', { count: 1 })).toBe('1 product')
  expect(createTranslator('ar')('list.count', { count: 2 })).toBe('منتجان')
})

test('Arabic counts go through all six plurals and keep Western digits', () => {
  const t = createTranslator('ar')
  const words = [0, 1, 2, 3, 11, 100].map((count) => t('list.count', { count }))
  expect(words).toEqual(['لا منتجات', 'منتج واحد', 'منتجان', '3 منتجات', '11 منتجًا', '100 منتج'])
})

test('elements among the arguments come back in their place', () => {
  const amount = { is: 'an element' }
  const parts = createTranslator('en').rich('cartSheet.untilFree', { amount })
  expect(parts).toEqual([amount, ' more and delivery is free.'])
})

test('an unknown message throws, naming it', () => {
  const t = makeTranslator('en', compileMessages({}))
  expect(() => t('header.cart')).toThrow('header.cart')
})

test('bad syntax is named when messages are compiled', () => {
  expect(() => compileMessages({ 'some.place': 'Hello {name' })).toThrow('some.place')
})

test('money keeps two decimals in totals and drops whole ones where asked', () => {
  const { figure } = formatterFor('en')
  expect(figure(money(123_450))).toBe('1,234.50')
  expect(figure(money(32_500))).toBe('325.00')
  expect(figure(money(32_500), { wholeShort: true })).toBe('325')
  expect(figure(money(32_550), { wholeShort: true })).toBe('325.50')
})

test('both languages print the same figures', () => {
  for (const amount of [0, 5, 99, 100, 123_450, 99_999_999, -250])
    expect(plain(formatterFor('ar').figure(money(amount)))).toBe(plain(formatterFor('en').figure(money(amount))))
})

test('a calendar day is the day of Dubai whatever the machine’s zone', () => {
  expect(plain(formatterFor('en').date('2026-11-23'))).toBe('23 November 2026')
  expect(plain(formatterFor('ar').date('2026-11-23'))).toBe('23 نوفمبر 2026')
  expect(plain(formatterFor('en').date('2026-11-23T20:30:00Z'))).toBe('24 November 2026')
})

test('phones read as people in the country write them abroad', () => {
  const { phone } = formatterFor('ar')
  expect(phone('+971501234567')).toBe('+971 50 123 4567')
  expect(phone('+97145550142')).toBe('+971 4 555 0142')
  expect(phone('+966501234567')).toBe('+966501234567')
})
