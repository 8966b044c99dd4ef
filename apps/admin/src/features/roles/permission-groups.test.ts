import { permissions } from '@dhow/contracts/permissions.ts'
import { expect, test } from 'vitest'
import { permissionGroups } from './permission-groups.ts'

test('every permission can be ticked, once', () => {
  const shown = permissionGroups.flatMap((group) => [...group.permissions])
  expect(shown.toSorted()).toEqual([...permissions].toSorted())
})
