import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMobile, Mobile, mobileCountryOf, normaliseMobile, PhoneToVerify } from './phone.ts'

describe('a UAE mobile number', () => {
  test.each([
    '0501234567',
    '501234567',
    '971501234567',
    '00971501234567',
    '+971501234567',
    '+971 (0)50 123 4567',
    '+971-50-123-4567',
    '050.123.4567',
    '050 – 123 – 4567',
    '٠٥٠١٢٣٤٥٦٧',
    '۰۵۰ ۱۲۳ ۴۵۶۷',
    '\u200E+971 50 123 4567\u200F',
    '\u202A+971501234567\u202C',
    '\u2066050 123 4567\u2069',
    '050\u00A0123\u00A04567',
  ])('is read from %j', (typed) => {
    expect(normaliseMobile(typed)).toBe('+971501234567')
  })

  test.each(['50', '52', '53', '54', '55', '56', '58'])('may begin with %s', (prefix) => {
    expect(normaliseMobile(`0${prefix}1234567`)).toBe(`+971${prefix}1234567`)
  })

  test.each([
    ['51, which is not assigned', '0511234567'],
    ['57, which is not assigned', '0571234567'],
    ['59, which is not assigned', '+971591234567'],
    ['a landline of Dubai', '042345678'],
    ['a landline of Abu Dhabi', '+97124567890'],
    ['a toll-free number', '800 1234'],
    ['a toll-free 400 number', '400123456'],
    ['a premium number', '900123456'],
    ['an emergency number', '999'],
    ['a number with a digit too few', '050123456'],
    ['a number with a digit too many', '05012345678'],
    ['a number of another country', '+966501234567'],
    ['two kinds of digits', '٠٥٠1234567'],
    ['a word', 'call me'],
    ['letters that phones map to digits', '050-DIRHAMS'],
    ['an extension', '0501234567 ext. 9'],
    ['nothing', ''],
    ['far too much', '0'.repeat(100_000)],
  ])('is not %s', (_what, typed) => {
    expect(normaliseMobile(typed)).toBeUndefined()
  })

  test('printed for people and read again is the same', () => {
    const e164 = fc
      .tuple(fc.constantFrom('50', '52', '53', '54', '55', '56', '58'), fc.integer({ min: 0, max: 9_999_999 }))
      .map(([prefix, rest]) => `+971${prefix}${String(rest).padStart(7, '0')}`)
    fc.assert(
      fc.property(e164, (number) => {
        expect(normaliseMobile(formatMobile(number))).toBe(number)
        expect(normaliseMobile(number)).toBe(number)
      }),
    )
  })

  test('is shown as 050 123 4567', () => {
    expect(formatMobile('+971501234567')).toBe('050 123 4567')
    expect(formatMobile('+14155550100')).toBe('+14155550100')
  })

  test('in a form says whether it is missing or wrong', () => {
    const codeOf = (typed: unknown) => Mobile.safeParse(typed).error?.issues[0]?.message
    expect(codeOf('  ')).toBe('required')
    expect(codeOf(undefined)).toBe('required')
    expect(codeOf('042345678')).toBe('invalid-phone')
    expect(codeOf('5'.repeat(41))).toBe('invalid-phone')
  })
})

describe('a number a code is asked for', () => {
  test.each([
    ['٠٥٠ ١٢٣ ٤٥٦٧', '+971501234567', 'AE'],
    ['00971501234567', '+971501234567', 'AE'],
    ['+966 51 234 5678', '+966512345678', 'SA'],
    ['+965 5123 4567', '+96551234567', 'KW'],
    ['+968 9212 3456', '+96892123456', 'OM'],
    ['+44 7912 345678', '+447912345678', 'GB'],
    ['+44 70 1234 5678', '+447012345678', undefined],
    ['+881 612 345 678', '+881612345678', undefined],
    ['04 345 6789', '+97143456789', undefined],
    ['+971 51 123 4567', '+971511234567', undefined],
    ['+971 900 123456', '+971900123456', undefined],
    ['800 1234', '+9718001234', undefined],
  ])('%s is %s, a mobile of %s', (typed, number, country) => {
    expect(PhoneToVerify.parse(typed)).toBe(number)
    expect(mobileCountryOf(number)).toBe(country)
  })

  test.each(['', 'call me', '12', '+', '٠٥0١٢٣٤٥٦٧', '+9715012345678901234', 'a'.repeat(41)])('%j is none', (typed) => {
    expect(PhoneToVerify.safeParse(typed).success).toBe(false)
  })
})
