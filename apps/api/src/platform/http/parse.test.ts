import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { parseInput, readQuery } from './parse.ts'
import { Problem } from './problem.ts'

const Body = z.strictObject({
  name: z.string().min(2, 'too-short'),
  quantity: z.int().min(1).max(20),
  kind: z.enum(['villa', 'office']),
  tags: z.array(z.string()).optional(),
  place: z.strictObject({ 'a/b~c': z.string() }).optional(),
})
const good = { name: 'Sara', quantity: 1, kind: 'villa' }

function problemOf(work: () => unknown): Problem {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('no problem')
}
const faultsOf = (input: unknown) => problemOf(() => parseInput(Body, input)).errors

describe('a fault in the body', () => {
  test.each([
    ['a missing field', { quantity: 1, kind: 'villa' }, '/name', 'required'],
    ['a wrong type', { ...good, name: 5 }, '/name', 'wrong-type'],
    ['null', { ...good, name: null }, '/name', 'wrong-type'],
    ['a word of the schema itself', { ...good, name: 'S' }, '/name', 'too-short'],
    ['too small', { ...good, quantity: 0 }, '/quantity', 'too-small'],
    ['too big', { ...good, quantity: 1e9 }, '/quantity', 'too-big'],
    ['not whole', { ...good, quantity: 1.5 }, '/quantity', 'wrong-type'],
    ['digits in a string', { ...good, quantity: '1' }, '/quantity', 'wrong-type'],
    ['not one of the choices', { ...good, kind: 'tent' }, '/kind', 'not-one-of'],
    ['an element of a list', { ...good, tags: ['a', 5] }, '/tags/1', 'wrong-type'],
    ['a name with the signs of pointers', { ...good, place: { 'a/b~c': 1 } }, '/place/a~1b~0c', 'wrong-type'],
    ['an unknown field', { ...good, isAdmin: true }, '/isAdmin', 'unknown-field'],
    [
      'a field that would change prototypes',
      JSON.parse('{"name":"Sara","quantity":1,"kind":"villa","__proto__":{"a":1}}'),
      '/__proto__',
      'unknown-field',
    ],
    ['a list instead of an object', [], '', 'wrong-type'],
    ['nothing', undefined, '', 'required'],
  ])('is pointed at: %s', (_what, input, pointer, code) => {
    expect(faultsOf(input)).toEqual([{ pointer, code }])
  })

  test('is told together with all others', () => {
    expect(faultsOf({ name: 'S', quantity: 0, kind: 'villa', price: 1, isAdmin: true })).toEqual([
      { pointer: '/name', code: 'too-short' },
      { pointer: '/quantity', code: 'too-small' },
      { pointer: '/price', code: 'unknown-field' },
      { pointer: '/isAdmin', code: 'unknown-field' },
    ])
  })
})

describe('a query', () => {
  test('is an object of its names and values', () => {
    expect({ ...readQuery('/products?q=%D8%B9%D9%88%D8%AF&sort=newest&empty=') }).toEqual({
      q: 'عود',
      sort: 'newest',
      empty: '',
    })
    expect({ ...readQuery('/products') }).toEqual({})
    expect({ ...readQuery('/products?') }).toEqual({})
  })

  test.each(['/p?a=1&a=2', '/p?a=1&a=1', '/p?a&a', '/p?a=1&%61=2'])('with a name given twice is refused: %s', (url) => {
    expect(problemOf(() => readQuery(url)).code).toBe('request/malformed')
  })

  test('may ask for names every object has, which are then unknown like others', () => {
    const faults = problemOf(() => parseInput(z.strictObject({}), readQuery('/p?__proto__=1&toString=2'), '?')).errors
    expect(faults).toEqual([
      { pointer: '?__proto__', code: 'unknown-field' },
      { pointer: '?toString', code: 'unknown-field' },
    ])
  })
})
