import { describe, expect, test } from 'vitest'
import { Address, Contact, emirateCodes, emirates } from './address.ts'
import type { AddressInput } from './address.ts'

const typed: AddressInput = {
  recipientName: 'مريم المنصوري',
  phone: '050 123 4567',
  emirate: 'AE-DU',
  area: 'البرشاء',
  kind: 'villa',
  building: '12',
}

const faultsOf = (input: unknown) =>
  (Address.safeParse(input).error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message])

describe('an address', () => {
  test('needs no street, no postcode and no PO box, and keeps the language it was typed in', () => {
    expect(Address.parse(typed)).toEqual({
      ...typed,
      phone: '+971501234567',
      unit: '',
      street: '',
      landmark: '',
      makani: '',
      location: null,
      notes: '',
    })
  })

  test('has no postcode, not even an empty one', () => {
    expect(Address.safeParse({ ...typed, postcode: '00000' }).success).toBe(false)
  })

  test.each(['12345 67890', '1234567890', ' ١٢٣٤٥ ٦٧٨٩٠ ', '12345-67890', '\u200E12345 67890\u200F'])(
    'takes the Makani number %j',
    (makani) => {
      expect(Address.parse({ ...typed, makani }).makani).toBe('1234567890')
    },
  )

  test.each(['123456789', '12345678901', 'ABCDE 12345', '1'.repeat(41)])('refuses the Makani number %j', (makani) => {
    expect(faultsOf({ ...typed, makani })).toEqual([['makani', 'invalid-makani']])
  })

  test('is free of bidi controls, and bounded', () => {
    expect(Address.parse({ ...typed, building: '\u200E100\u202E002', notes: 'a\u0000\nb' })).toMatchObject({
      building: '100002',
      notes: 'a b',
    })
    expect(faultsOf({ ...typed, notes: 'x'.repeat(201) })).toEqual([['notes', 'too-long']])
    expect(Address.parse({ ...typed, area: `Z${'\u0335'.repeat(300)}` }).area.length).toBeLessThanOrEqual(5)
  })

  test('says what is missing, field by field', () => {
    expect(faultsOf({})).toEqual(
      expect.arrayContaining([
        ['recipientName', 'required'],
        ['phone', 'required'],
        ['emirate', 'required'],
        ['area', 'required'],
        ['kind', 'required'],
        ['building', 'required'],
      ]),
    )
  })

  test('may carry a pin, but only in the country', () => {
    const pinned = (lat: number, lng: number) => Address.safeParse({ ...typed, location: { lat, lng } }).success
    expect(pinned(25.204849, 55.270783)).toBe(true)
    expect(pinned(55.270783, 25.204849)).toBe(false)
    expect(pinned(Number.NaN, 55)).toBe(false)
  })

  test('parsed again is the same: an older release may have stored it', () => {
    const once = Address.parse({ ...typed, makani: '12345 67890', notes: 'e\u200B\u0301  ok' })
    expect(Address.parse(once)).toEqual(once)
  })
})

describe('a contact', () => {
  const contact = { name: 'Sara', email: 'Sara@Example.com', phone: '0501234567' }

  test('keeps the e-mail as typed, but for full-width letters and spaces round it', () => {
    expect(Contact.parse({ ...contact, email: ' ｓara@example.com ' }).email).toBe('sara@example.com')
    expect(Contact.parse(contact).email).toBe('Sara@Example.com')
  })

  test.each([
    ['', 'required'],
    ['   ', 'required'],
    ['sara', 'invalid-email'],
    ['sara@example.com\r\nBcc: x@example.com', 'invalid-email'],
    ['sa\u202Era@example.com', 'invalid-email'],
    ['sarа@example.com', 'invalid-email'], // the last letter is Cyrillic
    [`${'a'.repeat(250)}@example.com`, 'invalid-email'],
  ])('refuses the e-mail %j', (email, code) => {
    expect(Contact.safeParse({ ...contact, email }).error?.issues[0]?.message).toBe(code)
  })
})

test('the seven emirates are there once each', () => {
  expect([...emirateCodes].toSorted()).toEqual(Object.keys(emirates).toSorted())
  expect(emirateCodes).toHaveLength(7)
})
