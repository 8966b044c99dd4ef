import type { Permission } from '@dhow/contracts/permissions.ts'
import type { MessageId } from '@dhow/i18n/translator.ts'
import { paths } from '../paths.ts'
import type { IconName } from '../ui/Icon.tsx'

export interface NavEntry {
  id: string
  label: MessageId
  icon: IconName
  to: string
  /** Without it the entry is hidden; pages for everybody have none. */
  permission?: Permission
  /** What else people call it, in both languages, for the command bar. */
  keywords: string
}

export interface NavGroup {
  id: string
  label?: MessageId
  entries: readonly NavEntry[]
}

/** The sidebar and the command bar, as data. A new page is one entry here and one route in `routes.tsx`. */
export const navigation: readonly NavGroup[] = [
  {
    id: 'top',
    entries: [
      {
        id: 'home',
        label: 'admin.home.title',
        icon: 'home',
        to: paths.home(),
        keywords: 'home start dashboard الرئيسية البداية',
      },
      {
        id: 'approvals',
        label: 'admin.approvals.title',
        icon: 'approvals',
        to: paths.approvals(),
        keywords: 'approvals requests second person inbox موافقات طلبات',
      },
    ],
  },
  {
    id: 'team',
    label: 'admin.frame.team',
    entries: [
      {
        id: 'staff',
        label: 'admin.staff.title',
        icon: 'staff',
        to: paths.staff(),
        permission: 'staff.read',
        keywords: 'staff people users team employees الموظفون فريق مستخدمون',
      },
      {
        id: 'roles',
        label: 'admin.roles.title',
        icon: 'roles',
        to: paths.roles(),
        permission: 'staff.read',
        keywords: 'roles permissions rights limits أدوار صلاحيات حدود',
      },
      {
        id: 'sessions',
        label: 'admin.sessions.title',
        icon: 'sessions',
        to: paths.sessions(),
        permission: 'sessions.read',
        keywords: 'sessions devices signed in logout جلسات أجهزة تسجيل',
      },
    ],
  },
  {
    id: 'oversight',
    label: 'admin.frame.oversight',
    entries: [
      {
        id: 'audit',
        label: 'admin.audit.title',
        icon: 'audit',
        to: paths.audit(),
        permission: 'audit.read',
        keywords: 'audit log history who did what سجل التدقيق تاريخ',
      },
      {
        id: 'alerts',
        label: 'admin.alerts.title',
        icon: 'alert',
        to: paths.alerts(),
        permission: 'security.read',
        keywords: 'security alerts threats تنبيهات أمان تهديد',
      },
    ],
  },
]
