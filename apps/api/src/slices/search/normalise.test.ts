import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { normalise } from './normalise.ts'

test.each([
  ['أحمد', 'احمد'],
  ['إماراتي', 'اماراتي'],
  ['آيفون', 'ايفون'],
  ['عباءة', 'عباءه'],
  ['مُحَمَّد', 'محمد'],
  ['محـــمد', 'محمد'],
  ['على', 'علي'],
  ['كندورة', 'كندوره'],
  ['٥٠ مل', '50 مل'],
  ['ﻻ', 'لا'],
  ['کریم', 'كريم'],
  ['لؤلؤ', 'لولو'],
  ['شاطئ', 'شاطي'],
  ['١٬٢٣٤٫٥٠', '1,234.50'],
])('%s and %s are written alike', (typed, plain) => {
  expect(normalise(typed)).toBe(normalise(plain))
  expect(normalise(typed)).toBe(plain)
})

test('case, widths and invisible characters make no difference', () => {
  expect(normalise('  OUD\u200F \u00A0 Ｐerfume\u202E ')).toBe('oud perfume')
  expect(normalise('۱۲۳')).toBe('123')
})

test('normalising twice changes nothing more', () => {
  assert(
    property(string({ unit: 'grapheme' }), (text) => {
      expect(normalise(normalise(text))).toBe(normalise(text))
    }),
  )
})
