import { readyRoles } from '@dhow/contracts/permissions.ts'
import { expect, test } from 'vitest'
import { covers, differenceOf, needsTwoPeople } from './staff-rules.ts'

const actor = (permissions: string[], refundUpTo?: number | null) => ({
  permissions: new Set(permissions),
  limits: refundUpTo === undefined ? {} : { refundUpTo },
})

test('one’s rights cover what lies within them', () => {
  const rights = { permissions: ['orders.read'], limits: {} }
  expect(covers(actor(['orders.read', 'orders.write']), rights)).toBe(true)
  expect(covers(actor(['orders.write']), rights)).toBe(false)
})

test.each([
  [undefined, undefined, true],
  [undefined, 0, false],
  [100, undefined, true],
  [100, 100, true],
  [100, 101, false],
  [100, null, false],
  [null, null, true],
  [null, 101, true],
])('a limit of %s reaches as far as %s: %s', (mine, theirs, expected) => {
  const limits = theirs === undefined ? {} : { refundUpTo: theirs }
  expect(covers(actor([], mine), { permissions: [], limits })).toBe(expected)
})

test('the console of the server is above roles', () => {
  expect(covers('system', { permissions: ['roles.write'], limits: { refundUpTo: null } })).toBe(true)
})

test('ST-4: of the ready roles, owner and manager take two people', () => {
  expect(readyRoles.filter(needsTwoPeople).map((role) => role.code)).toEqual(['owner', 'manager'])
})

test('a difference is what came and what went', () => {
  const [a, b, c] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
  expect(differenceOf([a, b], [b, c])).toEqual({ added: [c], removed: [a] })
})
