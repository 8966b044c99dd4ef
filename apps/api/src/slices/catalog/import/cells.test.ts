import { toDecimal, money } from '@dhow/money/money.ts'
import { assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  parseAttributes,
  parseBarcode,
  parseCountry,
  parseGrams,
  parseHex,
  parseHsCode,
  parsePrice,
  parseQuantity,
  parseSku,
  parseTags,
  parseText,
  toSlug,
} from './cells.ts'

describe('prices', () => {
  test.each([
    ['215.00', 21_500],
    ['215', 21_500],
    ['215.5', 21_550],
    ['1,234.50', 123_450],
    ['1,234', 123_400],
    ['12,50', 1_250],
    ['1.234,50', 123_450],
    ['AED 99.90', 9_990],
    ['د.إ 99', 9_900],
    ['٢١٥٫٥٠', 21_550],
    ['١٬٢٣٤٫٥٠', 123_450],
    ['۱۲۳', 12_300],
    ["'45.00", 4_500],
    ['0.01', 1],
    ['1000000', 100_000_000],
  ])('%s is %i fils', (cell, fils) => {
    expect(parsePrice(cell)).toBe(fils)
  })

  test.each([
    ['0', 'price/zero'],
    ['0.00', 'price/zero'],
    ['-5', 'price/negative'],
    ['−5.00', 'price/negative'],
    ['9.999', 'price/too-precise'],
    ['1.234', 'price/too-precise'],
    ['1000000.01', 'price/absurd'],
    ['99999999999999999999', 'price/absurd'],
    ['1E+05', 'price/not-a-number'],
    ['free', 'price/not-a-number'],
    ['12.3.4', 'price/not-a-number'],
    ['=1+1', 'price/not-a-number'],
    ['NaN', 'price/not-a-number'],
    ['١2', 'number/mixed-digits'],
  ])('%s is refused as %s', (cell, code) => {
    expect(() => parsePrice(cell)).toThrow(code)
  })

  test('every price we print reads back as it was', () => {
    assert(property(integer({ min: 1, max: 100_000_000 }), (fils) => parsePrice(toDecimal(money(fils))) === fils))
  })

  test('an empty cell is no price', () => {
    expect(parsePrice('')).toBeUndefined()
  })
})

describe('quantities and weights', () => {
  test.each([
    ['12', 12],
    ['١٢', 12],
    ['1,000', 1000],
    ['5.0', 5],
    ['-3', -3],
    ['', undefined],
  ])('%j is %j pieces', (cell, pieces) => {
    expect(parseQuantity(cell)).toBe(pieces)
  })

  test.each([
    ['5.5', 'quantity/not-a-number'],
    ['many', 'quantity/not-a-number'],
    ['1000001', 'quantity/absurd'],
  ])('%s pieces are refused as %s', (cell, code) => {
    expect(() => parseQuantity(cell)).toThrow(code)
  })

  test('grams may carry decimals nobody weighs', () => {
    expect(parseGrams('340.0')).toBe(340)
    expect(parseGrams('')).toBeNull()
    expect(() => parseGrams('-1')).toThrow('weight/not-a-number')
  })
})

describe('texts', () => {
  test('bidirectional and control characters are taken out, line ends become spaces', () => {
    expect(parseText('abc\u202Egpj.exe\u0000', 100)).toBe('abcgpj.exe')
    expect(parseText('two\r\nlines', 100)).toBe('two lines')
  })

  test('a pile of marks on one letter is cut', () => {
    expect(parseText(`a${'\u0301'.repeat(50)}`, 100).length).toBeLessThan(10)
  })

  test('what looks like a formula is just text', () => {
    expect(parseText('=HYPERLINK("http://x")', 100)).toBe('=HYPERLINK("http://x")')
  })

  test('too long is refused, and an identifier with invisible characters too', () => {
    expect(() => parseText('a'.repeat(101), 100)).toThrow('text/too-long')
    expect(() => parseSku('ABC\u200F-1')).toThrow('sku/invalid')
    expect(parseSku('ABC-1')).toBe('ABC-1')
  })

  test.each([
    ['Oud & Perfume', 'oud-and-perfume'],
    ['  Layl   Oud! ', 'layl-oud'],
    ['عِطْر الـورد', 'عطر-الورد'],
    ['../../etc/passwd', 'etc-passwd'],
    ['30 ml', '30-ml'],
    ['!!!', ''],
  ])('%j has the address %j', (text, slug) => {
    expect(toSlug(text)).toBe(slug)
  })
})

describe('lists in a cell', () => {
  test('tags are split by either comma, each once', () => {
    expect(parseTags('Best-seller, eid، eid,')).toEqual(['best-seller', 'eid'])
  })

  test('attributes are pairs; a part without a name is dropped', () => {
    expect(parseAttributes('Notes: Oud, amber | For: Women | loose | Time: 10:30')).toEqual([
      { name: 'Notes', value: 'Oud, amber' },
      { name: 'For', value: 'Women' },
      { name: 'Time', value: '10:30' },
    ])
  })

  test('codes are read strictly, an empty cell is none', () => {
    expect(parseBarcode('٦٢٩١٠٤١٥٠٠٢١٣')).toBe('6291041500213')
    expect(parseHsCode('3303.00')).toBe('330300')
    expect(parseCountry('ae')).toBe('AE')
    expect(parseHex('AABBCC')).toBe('#aabbcc')
    for (const parse of [parseBarcode, parseHsCode, parseCountry, parseHex]) expect(parse('')).toBeNull()
    expect(() => parseBarcode('6.29E+12')).toThrow('cell/ignored')
    expect(() => parseHsCode('scent')).toThrow('cell/ignored')
    expect(() => parseCountry('UAE')).toThrow('cell/ignored')
    expect(() => parseHex('red')).toThrow('cell/ignored')
  })
})
