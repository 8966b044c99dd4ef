import type { StaffMember } from '@dhow/contracts/staff.ts'
import { useMemo } from 'react'
import { roleNames } from '../../app/role-names.ts'
import { useWords } from '../../app/words.tsx'
import { paths } from '../../paths.ts'
import { DataTable, tableColumns } from '../../ui/DataTable.tsx'
import { Instant } from '../../ui/Instant.tsx'
import { RowLink } from '../../ui/RowLink.tsx'
import { FactorBadges } from './FactorBadges.tsx'
import styles from './staff-table.module.css'
import { StatusBadge } from './StatusBadge.tsx'

const helper = tableColumns<StaffMember>()

/** Everybody who works here, a row each. */
export function StaffTable({ members }: { members: readonly StaffMember[] }) {
  const { t, locale, format } = useWords()
  const columns = useMemo(
    () =>
      helper.columns([
        helper.accessor((member) => member.name ?? member.email, {
          id: 'name',
          header: t('admin.staff.columns.name'),
          cell: ({ row }) => (
            <span className={styles['who']}>
              <RowLink to={paths.staffMember(row.original.id)}>
                <bdi>{row.original.name ?? t('admin.staff.noName')}</bdi>
              </RowLink>
              <bdi className={styles['email']}>{row.original.email}</bdi>
            </span>
          ),
        }),
        helper.accessor(({ roles }) => roleNames(roles, locale), {
          id: 'roles',
          header: t('admin.staff.columns.roles'),
          cell: (cell) => cell.getValue() || t('admin.staff.noRoles'),
        }),
        helper.accessor(({ secondFactors }) => secondFactors.length, {
          id: 'factors',
          header: t('admin.staff.columns.factors'),
          cell: ({ row }) => <FactorBadges factors={row.original.secondFactors} />,
        }),
        helper.accessor(({ lastSignInAt }) => lastSignInAt ?? '', {
          id: 'lastSignIn',
          header: t('admin.staff.columns.lastSignIn'),
          cell: ({ row }) =>
            row.original.lastSignInAt ? (
              <Instant at={row.original.lastSignInAt} />
            ) : (
              <span className={styles['none']}>{t('admin.staff.never')}</span>
            ),
        }),
        helper.accessor('status', {
          header: t('admin.staff.columns.status'),
          cell: ({ row }) => <StatusBadge status={row.original.status} />,
        }),
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
