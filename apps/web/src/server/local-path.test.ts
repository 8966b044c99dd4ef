import { expect, test } from 'vitest'
import { localPath } from './local-path.ts'

test.each([
  '/en',
  '/ar/account',
  '/en/checkout/contact?method=card',
  '/en/p/layl-oud?variant=LAYL-50',
  '/en/orders/DH-1234-ABCD',
])('%s is a page of ours', (path) => {
  expect(localPath(path)).toBe(path)
})

test.each([
  null,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/en\\..\\evil',
  '/en//evil.example',
  '/en/\tx',
  '/en/\nx',
  'javascript:alert(1)',
  '/fr/account',
  '/account',
  `/en/${'a'.repeat(600)}`,
])('%j is not', (path) => {
  expect(localPath(path)).toBeUndefined()
})
