import type { RoleView } from '@dhow/contracts/staff.ts'
import { useMemo } from 'react'
import { roleName } from '../../app/role-names.ts'
import { useWords } from '../../app/words.tsx'
import { paths } from '../../paths.ts'
import { Badge } from '../../ui/Badge.tsx'
import { DataTable, tableColumns } from '../../ui/DataTable.tsx'
import { RowLink } from '../../ui/RowLink.tsx'
import styles from './roles-table.module.css'

const helper = tableColumns<RoleView>()

/** Roles, how much each permits, and how many people have it. */
export function RolesTable({ roles }: { roles: readonly RoleView[] }) {
  const { t, locale, format } = useWords()
  const columns = useMemo(
    () =>
      helper.columns([
        helper.accessor((role) => roleName(role, locale), {
          id: 'name',
          header: t('admin.roles.name'),
          cell: ({ row }) => (
            <span className={styles['name']}>
              <RowLink to={paths.role(row.original.id)}>{roleName(row.original, locale)}</RowLink>
              {row.original.needsApproval && <Badge tone="warn">{t('admin.roles.twoPeople')}</Badge>}
              {!row.original.isEditable && <Badge>{t('admin.roles.protected')}</Badge>}
            </span>
          ),
        }),
        helper.accessor(({ permissions }) => permissions.length, {
          id: 'permissions',
          header: t('admin.roles.permissions'),
          cell: ({ row }) => t('admin.roles.permissionCount', { count: row.original.permissions.length }),
        }),
        helper.accessor(
          ({ limits }) => limits.refundUpTo ?? (limits.refundUpTo === null ? Number.MAX_SAFE_INTEGER : -1),
          {
            id: 'refund',
            header: t('admin.roles.refunds'),
            cell: ({ row }) => {
              const limit = row.original.limits.refundUpTo
              if (limit === undefined) return <span className={styles['none']}>{t('admin.roles.refund.none')}</span>
              if (limit === null) return t('admin.roles.refund.any')
              return t('admin.roles.refundLimit', {
                amount: format.money({ amount: limit, currency: 'AED' }, { wholeShort: true }),
              })
            },
          },
        ),
        helper.accessor('memberCount', {
          header: t('admin.roles.members'),
          cell: ({ row }) => t('admin.roles.memberCount', { count: row.original.memberCount }),
        }),
      ]),
    [t, locale, format],
  )
  return (
    <DataTable
      label={t('admin.roles.title')}
      columns={columns}
      rows={roles}
      rowId={({ id }) => id}
      secondary={['refund', 'permissions']}
    />
  )
}
