import { describe, expect, test } from 'vitest'
import { newOrderNumber } from '../../platform/ids.ts'
import { readOrderNumber } from './find-order.ts'

describe('an order number', () => {
  test.each([
    'DH-7K3M-9QXT',
    'dh-7k3m-9qxt',
    'DH7K3M9QXT',
    '7K3M-9QXT',
    '7k3m9qxt',
    '  DH 7K3M 9QXT ',
    'DH–7K3M–9QXT',
    '\u200EDH-7K3M-9QXT\u200F',
    '#DH-٧K٣M-٩QXT',
  ])('is read from %j', (typed) => {
    expect(readOrderNumber(typed)).toBe('DH-7K3M-9QXT')
  })

  test('is read as people say it: O is zero, I and L are one', () => {
    expect(readOrderNumber('DH-OOIL-oil2')).toBe('DH-0011-0112')
  })

  test('may itself begin with DH', () => {
    expect(readOrderNumber('DHAB-CDEF')).toBe('DH-DHAB-CDEF')
    expect(readOrderNumber('DH-DHAB-CDEF')).toBe('DH-DHAB-CDEF')
  })

  test.each(['', 'DH', 'DH-7K3M', 'DH-7K3M-9QX', 'DH-7K3M-9QXTT', 'DH-7K3M-9QXU', 'عود'])('is not %j', (typed) => {
    expect(readOrderNumber(typed)).toBeUndefined()
  })

  test('that we made is read as it was made', () => {
    for (let count = 0; count < 500; count += 1) {
      const number = newOrderNumber()
      expect(readOrderNumber(number)).toBe(number)
      expect(readOrderNumber(number.slice(3).toLowerCase())).toBe(number)
    }
  })
})
