import { minPasswordLength } from '@dhow/contracts/auth.ts'
import { expect, test } from 'vitest'
import { shortestPassword } from './password-length.ts'

test('AU-1: the length the website asks of a password is the contract’s', () => {
  expect(shortestPassword).toBe(minPasswordLength)
})
