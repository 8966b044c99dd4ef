import type { Permission } from '@dhow/contracts/permissions.ts'

/** Permissions as people think of them: by what they work on. Every permission is in exactly one group (a test counts them). */
export const permissionGroups = [
  { id: 'orders', permissions: ['orders.read', 'orders.write', 'orders.refund'] },
  { id: 'catalogue', permissions: ['catalog.read', 'catalog.write', 'inventory.read', 'inventory.write'] },
  { id: 'customers', permissions: ['customers.read', 'customers.write', 'customers.unmask'] },
  { id: 'money', permissions: ['payments.read', 'payments.write', 'exports.run'] },
  {
    id: 'team',
    permissions: ['staff.read', 'staff.write', 'roles.write', 'sessions.read', 'sessions.revoke', 'approvals.decide'],
  },
  { id: 'oversight', permissions: ['audit.read', 'security.read', 'security.write'] },
  { id: 'shop', permissions: ['settings.read', 'settings.write'] },
] as const satisfies readonly { id: string; permissions: readonly Permission[] }[]
