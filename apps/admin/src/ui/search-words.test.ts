import { expect, test } from 'vitest'
import { isFound } from './search-words.ts'

test.each([
  ['Audit log history', 'aud', true],
  ['Audit log history', 'log aud', true],
  ['Audit log history', 'dit', false],
  ['سجل التدقيق', 'تدقيق', true],
  ['سجل التدقيق', 'التدقيق', true],
  ['الأدوار', 'ادوار', true],
  ['كلمة المرور', 'كلمه', true],
  ['Zoë Khan zoe@dhow.example', 'zoe', true],
  ['Zoë Khan zoe@dhow.example', 'dhow', true],
  ['Staff', '', true],
])('in "%s" the words "%s" are found: %s', (text, typed, expected) => {
  expect(isFound(text, typed)).toBe(expected)
})
