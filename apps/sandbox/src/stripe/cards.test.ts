import { expect, test } from 'vitest'
import { cardByNumber, findCardByAlias, passesLuhn, TEST_CARDS } from './cards.ts'

test('every test card can be typed into a form that checks numbers', () => {
  expect(TEST_CARDS.filter(({ number }) => !passesLuhn(number))).toEqual([])
})

test('a number and its id are the same card, and unknown numbers are declined', () => {
  expect(findCardByAlias('pm_card_ae')).toBe(cardByNumber('4000007840000001'))
  expect(cardByNumber('4012888888881881').behaviour.kind).toBe('declines')
  expect(findCardByAlias('pm_card_none')).toBeUndefined()
})
