import { z } from 'zod'

/** What a staff member may be permitted to do. Endpoints ask for these, never for the name of a role. */
export const permissions = [
  'orders.read',
  'orders.write',
  'orders.refund',
  'catalog.read',
  'catalog.write',
  'inventory.read',
  'inventory.write',
  'customers.read',
  'customers.write',
  'customers.unmask',
  'payments.read',
  'payments.write',
  'exports.run',
  'staff.read',
  'staff.write',
  'roles.write',
  'sessions.read',
  'sessions.revoke',
  'approvals.decide',
  'audit.read',
  'security.read',
  'security.write',
  'settings.read',
  'settings.write',
] as const
export const Permission = z.enum(permissions)
export type Permission = z.infer<typeof Permission>

/** How far some permissions reach, per role. Null is no limit; a limit no role sets permits nothing. Minor units of AED. */
export const RoleLimits = z
  .strictObject({ refundUpTo: z.int().min(0).max(100_000_000).nullable().optional() })
  .meta({ id: 'RoleLimits' })
export type RoleLimits = z.infer<typeof RoleLimits>

const everything = [...permissions]
const reading = permissions.filter((permission) => permission.endsWith('.read'))

interface ReadyRole {
  code: string
  nameEn: string
  nameAr: string
  permissions: readonly Permission[]
  limits: RoleLimits
}

/** The roles a shop starts with. All but the owner's can be changed; granting `owner` or `manager` takes two people. */
export const readyRoles = [
  { code: 'owner', nameEn: 'Owner', nameAr: 'المالك', permissions: everything, limits: { refundUpTo: null } },
  {
    code: 'manager',
    nameEn: 'Manager',
    nameAr: 'المدير',
    permissions: everything.filter((permission) => !['roles.write', 'settings.write'].includes(permission)),
    limits: { refundUpTo: 200_000 },
  },
  {
    code: 'catalogue',
    nameEn: 'Catalogue',
    nameAr: 'الكتالوج',
    permissions: ['catalog.read', 'catalog.write', 'inventory.read', 'inventory.write'],
    limits: {},
  },
  { code: 'packer', nameEn: 'Packer', nameAr: 'التجهيز', permissions: ['orders.read', 'inventory.read'], limits: {} },
  {
    code: 'support',
    nameEn: 'Support',
    nameAr: 'خدمة العملاء',
    permissions: [
      'orders.read',
      'orders.write',
      'orders.refund',
      'customers.read',
      'catalog.read',
      'inventory.read',
      'sessions.read',
      'sessions.revoke',
    ],
    limits: { refundUpTo: 50_000 },
  },
  {
    code: 'accountant',
    nameEn: 'Accountant',
    nameAr: 'المحاسب',
    permissions: ['orders.read', 'payments.read', 'exports.run'],
    limits: {},
  },
  { code: 'auditor', nameEn: 'Auditor', nameAr: 'المدقق', permissions: reading, limits: {} },
] as const satisfies readonly ReadyRole[]

/** Roles nobody grants alone. */
export const rolesOfTwoPeople: readonly string[] = ['owner', 'manager']
