import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asciiDigits, cleanText, typedText } from './primitives.ts'

describe('free text', () => {
  test.each([
    ['an override that turns a file name round', 'abc\u202Egpj.exe', 'abcgpj.exe'],
    ['marks and isolates round a number', '\u200E100\u202E\u2066002\u2069\u200F', '100002'],
    ['the Arabic letter mark', 'فيلا\u061C 5', 'فيلا 5'],
    ['zero-widths, soft hyphens and byte order marks', 'Vil\u200Bla\u00AD\uFEFF 7', 'Villa 7'],
    ['tag characters that smuggle a text', `ok${String.fromCodePoint(0xe0041, 0xe0042)}`, 'ok'],
    ['NUL and the other controls', 'a\u0000b\u001Bc\u0085d', 'abcd'],
    [
      'line ends, which would begin a new header or label line',
      'Sara\r\nBcc: x@example.com',
      'Sara Bcc: x@example.com',
    ],
    ['spaces of every kind', '  Al\u00A0\u3000 Barsha\t1 ', 'Al Barsha 1'],
    ['half a surrogate pair', 'a\uD83Db', 'a\uFFFDb'],
    ['a letter and its accent apart', 'e\u0301', 'é'],
    ['a letter and its accent held apart', 'e\u200B\u0301', 'é'],
    ['a joiner between Latin letters', 'pay\u200Dpal', 'paypal'],
  ])('is cleaned of %s', (_what, typed, clean) => {
    expect(cleanText(typed)).toBe(clean)
  })

  test.each([
    ['the joiners Persian and Arabic words are spelt with', 'می\u200Cخواهم'],
    ['emoji made of several', '👩\u200D💻 👍🏽'],
    ['vowel marks', 'مُحَمَّدٌ'],
  ])('keeps %s', (_what, typed) => {
    expect(cleanText(typed)).toBe(typed.normalize('NFC'))
  })

  test('keeps no more than four marks on one letter', () => {
    expect(cleanText(`Z${'\u0335\u0321'.repeat(500)}algo`)).toHaveLength('Zalgo'.length + 4)
  })

  test('cleaned again is the same, whatever it was', () => {
    const unit = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\u200D',
        '\u200C',
        '\u0301',
        '\u0335',
        'e',
        'ش',
        '👩',
        '\u202E',
        ' ',
        '\uD83D',
        '\u1100',
        '\u1161',
      ),
    )
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 20 }), (parts) => {
        const once = cleanText(parts.join(''))
        expect(cleanText(once)).toBe(once)
      }),
      { numRuns: 1000 },
    )
  })

  test('is bounded after cleaning, by codes a form can show', () => {
    const Name = typedText({ min: 1, max: 5 })
    const codeOf = (typed: unknown) => Name.safeParse(typed).error?.issues[0]?.message
    expect(Name.parse(' ab\u200B\u200B\u200Bcde ')).toBe('abcde')
    expect(codeOf('abcdef')).toBe('too-long')
    expect(codeOf('a'.repeat(10_000))).toBe('too-long')
    expect(codeOf('\u202E \u200B')).toBe('required')
    expect(codeOf(undefined)).toBe('required')
  })
})

test('Arabic-Indic and Persian digits become ASCII digits, and nothing else changes', () => {
  expect(asciiDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ 12a ٪')).toBe('0123456789 0123456789 12a ٪')
})
