import { listAnySessions, revokeAnySession } from '@dhow/contracts/staff.ts'
import { Link, useLoaderData, useSearchParams } from 'react-router'
import type { LoaderFunctionArgs } from 'react-router'
import { call, load } from '../app/api.ts'
import { useMay, useSelf } from '../app/session.ts'
import { SessionList } from '../app/SessionList.tsx'
import { useWords } from '../app/words.tsx'
import { CustomerSearch } from '../features/sessions/CustomerSearch.tsx'
import { keepSearched, searchedCustomer } from '../features/sessions/searched.ts'
import styles from '../features/sessions/sessions.module.css'
import { Card } from '../ui/Card.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'

type Kind = 'staff' | 'customer'

const kindOf = (search: URLSearchParams): Kind => (search.get('of') === 'customer' ? 'customer' : 'staff')

export const readsQuery = true

export function loader({ request }: LoaderFunctionArgs) {
  const kind = kindOf(new URL(request.url).searchParams)
  const phoneOrEmail = searchedCustomer()
  if (kind === 'customer' && !phoneOrEmail) return { sessions: undefined }
  return { sessions: load(listAnySessions, { query: kind === 'staff' ? { kind } : { kind, phoneOrEmail } }) }
}

function KindTabs({ kind }: { kind: Kind }) {
  const { t } = useWords()
  return (
    <nav className={styles['tabs']} aria-label={t('admin.sessions.whose')}>
      <Link className={styles['tab']} to="?" aria-current={kind === 'staff' ? 'true' : undefined}>
        {t('admin.sessions.ofStaff')}
      </Link>
      <Link className={styles['tab']} to="?of=customer" aria-current={kind === 'customer' ? 'true' : undefined}>
        {t('admin.sessions.ofCustomer')}
      </Link>
    </nav>
  )
}

/** Who is signed in where: staff, or one customer that is known exactly. */
export function Page() {
  const { t } = useWords()
  const may = useMay()
  const { session: own } = useSelf()
  const [search, setSearch] = useSearchParams()
  const kind = kindOf(search)
  const { sessions } = useLoaderData<typeof loader>()
  const end = (sessionId: string) => call(revokeAnySession, { params: { sessionId } })
  return (
    <>
      <PageHeader title={t('admin.sessions.title')} lead={t('admin.sessions.lead')} />
      <KindTabs kind={kind} />
      <Card isFlush>
        {kind === 'customer' && (
          <CustomerSearch
            value={searchedCustomer()}
            onSearch={(typed) => {
              keepSearched(typed)
              setSearch({ of: 'customer', n: String(Date.now()) }, { replace: true })
            }}
          />
        )}
        {sessions ? (
          <Loaded of={sessions} skeleton={<SkeletonRows rows={4} />}>
            {({ items }) =>
              items.length > 0 ? (
                <SessionList
                  sessions={items.map((item) => ({ ...item, isCurrent: item.id === own.id }))}
                  end={may('sessions.revoke') ? end : undefined}
                />
              ) : (
                <EmptyState icon="sessions" title={t('admin.sessions.none')}>
                  {kind === 'customer' && <p>{t('admin.sessions.noneOfCustomer')}</p>}
                </EmptyState>
              )
            }
          </Loaded>
        ) : (
          <EmptyState icon="search" title={t('admin.sessions.searchFirst')}>
            <p>{t('admin.sessions.searchWords')}</p>
          </EmptyState>
        )}
      </Card>
    </>
  )
}
