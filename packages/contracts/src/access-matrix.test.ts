import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mayCall, printAccessMatrix, readAccess } from './access-matrix.ts'
import { allEndpoints } from './all-endpoints.ts'

const openapi: unknown = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'))
const committed = readFileSync(new URL('../../../docs/security/access-matrix.md', import.meta.url), 'utf8')

test('AZ-1: the committed matrix has every endpoint of the contract (npm run access-matrix writes it)', () => {
  expect(committed).toBe(printAccessMatrix(openapi))
  expect(
    readAccess(openapi)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(allEndpoints.map(({ id }) => id).toSorted())
})

test('AZ-1: an operation that does not say who may call it is no line of the matrix but an error', () => {
  expect(() => printAccessMatrix({ paths: { '/admin/payouts': { get: { operationId: 'listPayouts' } } } })).toThrow(
    'x-auth',
  )
})

test('ST-5: nothing of the back office is open to guests or customers, but for signing in', () => {
  const open = readAccess(openapi).filter(
    (access) => access.path.startsWith('/admin/') && (mayCall(access, 'guest') || mayCall(access, 'customer')),
  )
  for (const { path } of open) expect(path).toMatch(/^\/admin\/auth\//)
})

test('ST-5: no role but the owner’s may do everything', () => {
  const staff = readAccess(openapi).filter(({ auth }) => auth === 'staff')
  const isWhole = (role: 'owner' | 'manager' | 'support' | 'auditor') => staff.every((access) => mayCall(access, role))
  expect([isWhole('owner'), isWhole('manager'), isWhole('support'), isWhole('auditor')]).toEqual([
    true,
    false,
    false,
    false,
  ])
})

test('ST-3: whatever changes staff, roles or factors asks for a fresh second factor', () => {
  const changes = readAccess(openapi).filter(
    ({ method, permission }) => method !== 'GET' && (permission === 'staff.write' || permission === 'roles.write'),
  )
  expect(changes.length).toBeGreaterThan(5)
  expect(changes.filter(({ isFresh }) => !isFresh)).toEqual([])
})
