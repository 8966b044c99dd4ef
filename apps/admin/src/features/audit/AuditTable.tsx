import type { AuditEvent } from '@dhow/contracts/audit.ts'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useWords } from '../../app/words.tsx'
import { DataTable, tableColumns } from '../../ui/DataTable.tsx'
import { Instant } from '../../ui/Instant.tsx'
import { RowLink } from '../../ui/RowLink.tsx'
import { actorWords } from './actor.ts'
import styles from './audit.module.css'
import { ResultBadge } from './ResultBadge.tsx'

const helper = tableColumns<AuditEvent>()

/** Events, newest first. A row opens its details at the side; the address says which. */
export function AuditTable({ events }: { events: readonly AuditEvent[] }) {
  const { t } = useWords()
  const [search] = useSearchParams()
  const columns = useMemo(() => {
    const opened = (seq: number): string => {
      const next = new URLSearchParams(search)
      next.set('event', String(seq))
      return `?${next.toString()}`
    }
    return helper.columns([
      helper.accessor('at', {
        header: t('admin.audit.columns.at'),
        enableSorting: false,
        cell: ({ row }) => (
          <RowLink to={opened(row.original.seq)} isQuiet>
            <Instant at={row.original.at} />
          </RowLink>
        ),
      }),
      helper.accessor('action', {
        header: t('admin.audit.columns.action'),
        enableSorting: false,
        cell: ({ row }) => <bdi className={styles['action']}>{row.original.action}</bdi>,
      }),
      helper.accessor(({ actor }) => actorWords(t, actor), {
        id: 'actor',
        header: t('admin.audit.columns.actor'),
        enableSorting: false,
        cell: (cell) => <bdi>{cell.getValue()}</bdi>,
      }),
      helper.accessor(({ object }) => object?.type ?? '', {
        id: 'object',
        header: t('admin.audit.columns.object'),
        enableSorting: false,
        cell: (cell) => <bdi className={styles['quiet']}>{cell.getValue() || '–'}</bdi>,
      }),
      helper.accessor(({ network }) => network ?? '', {
        id: 'network',
        header: t('admin.audit.columns.network'),
        enableSorting: false,
        cell: (cell) => <bdi className={styles['quiet']}>{cell.getValue() || '–'}</bdi>,
      }),
      helper.accessor('result', {
        header: t('admin.audit.columns.result'),
        enableSorting: false,
        cell: ({ row }) => <ResultBadge result={row.original.result} />,
      }),
    ])
  }, [t, search])
  return (
    <DataTable
      label={t('admin.audit.title')}
      columns={columns}
      rows={events}
      rowId={({ seq }) => String(seq)}
      secondary={['actor', 'object', 'network']}
    />
  )
}
