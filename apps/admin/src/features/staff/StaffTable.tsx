import type { StaffMember } from '@dhow/contracts/staff.ts'
import { useMemo } from 'react'
import { roleNames } from '../../app/role-names.ts'
import { useWords } from '../../app/words.tsx'
import { paths } from '../../paths.ts'
import { DataTable, tableColumns } from '../../ui/DataTable.tsx'
import type { CellOf } from '../../ui/DataTable.tsx'
import { Instant } from '../../ui/Instant.tsx'
import { RowLink } from '../../ui/RowLink.tsx'
import { FactorBadges } from './FactorBadges.tsx'
import styles from './staff-table.module.css'
import { StatusBadge } from './StatusBadge.tsx'

const helper = tableColumns<StaffMember>()
type Cell = CellOf<StaffMember>

function Who({ row: { original: member } }: Cell) {
  const { t } = useWords()
  return (
    <span className={styles['who']}>
      <RowLink to={paths.staffMember(member.id)}>
        <bdi>{member.name ?? t('admin.staff.noName')}</bdi>
      </RowLink>
      <bdi className={styles['email']}>{member.email}</bdi>
    </span>
  )
}

function Roles({ row }: Cell) {
  const { t, locale } = useWords()
  return <>{roleNames(row.original.roles, locale) || t('admin.staff.noRoles')}</>
}

const Factors = ({ row }: Cell) => <FactorBadges factors={row.original.secondFactors} />

function LastSignIn({ row }: Cell) {
  const { t } = useWords()
  const { lastSignInAt } = row.original
  return lastSignInAt ? <Instant at={lastSignInAt} /> : <span className={styles['none']}>{t('admin.staff.never')}</span>
}

const Status = ({ row }: Cell) => <StatusBadge status={row.original.status} />

/** Everybody who works here, a row each. */
export function StaffTable({ members }: { members: readonly StaffMember[] }) {
  const { t, locale, format } = useWords()
  const columns = useMemo(
    () =>
      helper.columns([
        helper.accessor((member) => member.name ?? member.email, {
          id: 'name',
          header: t('admin.staff.columns.name'),
          cell: Who,
        }),
        helper.accessor(({ roles }) => roleNames(roles, locale), {
          id: 'roles',
          header: t('admin.staff.columns.roles'),
          cell: Roles,
        }),
        helper.accessor(({ secondFactors }) => secondFactors.length, {
          id: 'factors',
          header: t('admin.staff.columns.factors'),
          cell: Factors,
        }),
        helper.accessor(({ lastSignInAt }) => lastSignInAt ?? '', {
          id: 'lastSignIn',
          header: t('admin.staff.columns.lastSignIn'),
          cell: LastSignIn,
        }),
        helper.accessor('status', { header: t('admin.staff.columns.status'), cell: Status }),
      ]),
    [t, locale],
  )
  return (
    <DataTable
      label={t('admin.staff.title')}
      columns={columns}
      rows={members}
      rowId={({ id }) => id}
      secondary={['factors', 'lastSignIn']}
      footer={t('admin.staff.count', { count: members.length, shown: format.number(members.length) })}
    />
  )
}
