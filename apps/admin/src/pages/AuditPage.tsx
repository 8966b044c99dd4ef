import { listAuditEvents } from '@dhow/contracts/audit.ts'
import { useLoaderData, useSearchParams } from 'react-router'
import type { LoaderFunctionArgs } from 'react-router'
import { load } from '../app/api.ts'
import { useWords } from '../app/words.tsx'
import { AuditFilters, auditFilterNames } from '../features/audit/AuditFilters.tsx'
import { AuditTable } from '../features/audit/AuditTable.tsx'
import styles from '../features/audit/audit.module.css'
import { EventDrawer } from '../features/audit/EventDrawer.tsx'
import { auditQuery } from '../features/audit/query.ts'
import { VerifyButton } from '../features/audit/VerifyButton.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { useFilters } from '../ui/search-params.ts'
import { SkeletonRows } from '../ui/Skeleton.tsx'

export const readsQuery = true

export const loader = ({ request }: LoaderFunctionArgs) => ({
  events: load(listAuditEvents, { query: auditQuery(new URL(request.url).searchParams) }),
})

/** Further back: the same search from where this page ends. */
function Pages({ nextCursor }: { nextCursor: string | null }) {
  const { t } = useWords()
  const [search] = useSearchParams()
  const at = (cursor: string | null): string => {
    const next = new URLSearchParams(search)
    next.delete('event')
    next.delete('cursor')
    if (cursor) next.set('cursor', cursor)
    return `?${next.toString()}`
  }
  if (!nextCursor && !search.has('cursor')) return null
  return (
    <nav className={styles['pages']} aria-label={t('admin.states.pages')}>
      <span>{search.has('cursor') && <ButtonLink to={at(null)}>{t('admin.audit.newest')}</ButtonLink>}</span>
      <span>{nextCursor && <ButtonLink to={at(nextCursor)}>{t('admin.audit.older')}</ButtonLink>}</span>
    </nav>
  )
}

/** Who did what, when, from where; filters in the address, details at the side, and proof that nothing was changed. */
export function Page() {
  const { t } = useWords()
  const { events } = useLoaderData<typeof loader>()
  const filters = useFilters(auditFilterNames)
  return (
    <>
      <PageHeader title={t('admin.audit.title')} lead={t('admin.audit.lead')} actions={<VerifyButton />} />
      <Card isFlush>
        <AuditFilters {...filters} />
        <Loaded of={events} skeleton={<SkeletonRows rows={10} />}>
          {({ items, nextCursor }) =>
            items.length > 0 ? (
              <>
                <AuditTable events={items} />
                <Pages nextCursor={nextCursor} />
                <EventDrawer events={items} />
              </>
            ) : filters.isFiltered ? (
              <EmptyState
                icon="search"
                title={t('admin.audit.noMatch')}
                action={<Button onPress={filters.clear}>{t('admin.states.clearFilters')}</Button>}
              >
                <p>{t('admin.audit.noMatchWords')}</p>
              </EmptyState>
            ) : (
              <EmptyState icon="audit" title={t('admin.audit.none')} />
            )
          }
        </Loaded>
      </Card>
    </>
  )
}
