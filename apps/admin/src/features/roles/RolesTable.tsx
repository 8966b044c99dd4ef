import type { RoleView } from '@dhow/contracts/staff.ts'
import { useMemo } from 'react'
import { roleName } from '../../app/role-names.ts'
import { useWords } from '../../app/words.tsx'
import { paths } from '../../paths.ts'
import { Badge } from '../../ui/Badge.tsx'
import { DataTable, tableColumns } from '../../ui/DataTable.tsx'
import type { CellOf } from '../../ui/DataTable.tsx'
import { RowLink } from '../../ui/RowLink.tsx'
import styles from './roles-table.module.css'

const helper = tableColumns<RoleView>()
type Cell = CellOf<RoleView>

function Name({ row: { original: role } }: Cell) {
  const { t, locale } = useWords()
  return (
    <span className={styles['name']}>
      <RowLink to={paths.role(role.id)}>{roleName(role, locale)}</RowLink>
      {role.needsApproval && <Badge tone="warn">{t('admin.roles.twoPeople')}</Badge>}
      {!role.isEditable && <Badge>{t('admin.roles.protected')}</Badge>}
    </span>
  )
}

function PermissionCount({ row }: Cell) {
  const { t } = useWords()
  return <>{t('admin.roles.permissionCount', { count: row.original.permissions.length })}</>
}

function RefundLimit({ row }: Cell) {
  const { t, format } = useWords()
  const limit = row.original.limits.refundUpTo
  if (limit === undefined) return <span className={styles['none']}>{t('admin.roles.refund.none')}</span>
  if (limit === null) return <>{t('admin.roles.refund.any')}</>
  const amount = format.money({ amount: limit, currency: 'AED' }, { wholeShort: true })
  return <>{t('admin.roles.refundLimit', { amount })}</>
}

function MemberCount({ row }: Cell) {
  const { t } = useWords()
  return <>{t('admin.roles.memberCount', { count: row.original.memberCount })}</>
}

/** For sorting: nothing, then amounts, then no limit. */
const refundRank = ({ limits: { refundUpTo } }: RoleView): number =>
  refundUpTo === null ? Number.MAX_SAFE_INTEGER : (refundUpTo ?? -1)

/** Roles, how much each permits, and how many people have it. */
export function RolesTable({ roles }: { roles: readonly RoleView[] }) {
  const { t, locale } = useWords()
  const columns = useMemo(
    () =>
      helper.columns([
        helper.accessor((role) => roleName(role, locale), { id: 'name', header: t('admin.roles.name'), cell: Name }),
        helper.accessor(({ permissions }) => permissions.length, {
          id: 'permissions',
          header: t('admin.roles.permissions'),
          cell: PermissionCount,
        }),
        helper.accessor(refundRank, { id: 'refund', header: t('admin.roles.refunds'), cell: RefundLimit }),
        helper.accessor('memberCount', { header: t('admin.roles.members'), cell: MemberCount }),
      ]),
    [t, locale],
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
