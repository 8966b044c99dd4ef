import { ApiProblem, ApiUnreachable } from '@dhow/api-client/api-client.ts'
import { Contact } from '@dhow/contracts/address.ts'
import type { ProblemDocument } from '@dhow/contracts/problems.ts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { formValues, parseForm, refusalFrom } from './forms.ts'

const problem = (fields: Partial<ProblemDocument>) =>
  new ApiProblem({
    type: 'about:blank',
    title: 'title',
    status: 409,
    instance: '/',
    code: 'inventory/out-of-stock',
    requestId: 'r',
    ...fields,
  })

test('a form is read by the contract’s own schema', () => {
  const parsed = parseForm(Contact, {
    intent: 'save',
    name: ' Sara ',
    email: 'sara@example.com',
    phone: '050 123 4567',
  })
  expect(parsed).toEqual({ ok: true, value: { name: 'Sara', email: 'sara@example.com', phone: '+971501234567' } })
})

test('each wrong field is pointed at, and what was typed comes back', () => {
  const typed = { intent: 'save', name: '', email: 'sara', phone: '04 555 0142' }
  const parsed = parseForm(Contact, typed)
  expect(parsed).toEqual({
    ok: false,
    refused: {
      kind: 'refused',
      status: 422,
      form: {
        intent: 'save',
        values: typed,
        errors: [
          { pointer: '/name', code: 'required' },
          { pointer: '/email', code: 'invalid-email' },
          { pointer: '/phone', code: 'invalid-phone' },
        ],
        problem: null,
      },
    },
  })
})

test('names with slashes are pointers into the body', () => {
  const schema = z.strictObject({ address: z.strictObject({ area: z.string() }) })
  expect(parseForm(schema, { intent: 'x', 'address/area': 'Deira' })).toEqual({
    ok: true,
    value: { address: { area: 'Deira' } },
  })
})

test('a name cannot reach the prototype', () => {
  parseForm(z.object({}), { '__proto__/polluted': 'yes', 'a/__proto__/polluted': 'yes' })
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})

test('a repeated field keeps its last value and nothing but text gets in', () => {
  expect(formValues({ a: ['1', '2'], b: 'x', c: { d: 'e' } })).toEqual({ a: '2', b: 'x' })
  expect(formValues(undefined)).toEqual({})
})

test('the API’s problem is shown with what it says besides', () => {
  const refused = refusalFrom(problem({ available: 2 }), { intent: 'add' })
  expect(refused).toMatchObject({
    status: 409,
    form: { problem: { code: 'inventory/out-of-stock', details: { available: 2 } } },
  })
})

test('the API’s field errors keep their pointers; unknown codes become the general one', () => {
  const errors = [
    { pointer: '/name', code: 'too-long' },
    { pointer: '/email', code: 'something-new' },
  ]
  expect(refusalFrom(problem({ code: 'request/invalid', status: 422, errors }), {})).toMatchObject({
    form: {
      errors: [
        { pointer: '/name', code: 'too-long' },
        { pointer: '/email', code: 'invalid' },
      ],
    },
  })
})

test('no answer from the API is a problem one can try again; a bug is thrown on', () => {
  expect(refusalFrom(new ApiUnreachable('down'), {})).toMatchObject({
    status: 503,
    form: { problem: { code: 'service/unavailable' } },
  })
  expect(() => refusalFrom(new TypeError('bug'), {})).toThrow('bug')
})
