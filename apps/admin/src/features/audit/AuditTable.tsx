import type { AuditEvent } from '@dhow/contracts/audit.ts'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useWords } from '../../app/words.tsx'
import { DataTable, tableColumns } from '../../ui/DataTable.tsx'
import type { CellOf } from '../../ui/DataTable.tsx'
import { Instant } from '../../ui/Instant.tsx'
import { RowLink } from '../../ui/RowLink.tsx'
import { actorWords } from './actor.ts'
import styles from './audit.module.css'
import { ResultBadge } from './ResultBadge.tsx'

const helper = tableColumns<AuditEvent>()
type Cell = CellOf<AuditEvent>

function When({ row: { original: event } }: Cell) {
  const [search] = useSearchParams()
  const opened = new URLSearchParams(search)
  opened.set('event', String(event.seq))
  return (
    <RowLink to={`?${opened.toString()}`} isQuiet>
      <Instant at={event.at} />
    </RowLink>
  )
}

const Action = ({ row }: Cell) => <bdi className={styles['action']}>{row.original.action}</bdi>

function Actor({ row }: Cell) {
  const { t } = useWords()
  return <bdi>{actorWords(t, row.original.actor)}</bdi>
}

const ObjectType = ({ row }: Cell) => <bdi className={styles['quiet']}>{row.original.object?.type ?? '–'}</bdi>

const Network = ({ row }: Cell) => <bdi className={styles['quiet']}>{row.original.network ?? '–'}</bdi>

const Result = ({ row }: Cell) => <ResultBadge result={row.original.result} />

/** Events, newest first: their order is the log's own. A row opens its details at the side; the address says which. */
export function AuditTable({ events }: { events: readonly AuditEvent[] }) {
  const { t } = useWords()
  const columns = useMemo(() => {
    const unsorted = { enableSorting: false } as const
    return helper.columns([
      helper.accessor('at', { ...unsorted, header: t('admin.audit.columns.at'), cell: When }),
      helper.accessor('action', { ...unsorted, header: t('admin.audit.columns.action'), cell: Action }),
      helper.display({ id: 'actor', header: t('admin.audit.columns.actor'), cell: Actor }),
      helper.display({ id: 'object', header: t('admin.audit.columns.object'), cell: ObjectType }),
      helper.display({ id: 'network', header: t('admin.audit.columns.network'), cell: Network }),
      helper.accessor('result', { ...unsorted, header: t('admin.audit.columns.result'), cell: Result }),
    ])
  }, [t])
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
