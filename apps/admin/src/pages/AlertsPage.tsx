import { listSecurityAlerts } from '@dhow/contracts/audit.ts'
import { useLoaderData } from 'react-router'
import type { LoaderFunctionArgs } from 'react-router'
import { load } from '../app/api.ts'
import { useWords } from '../app/words.tsx'
import { AlertCard } from '../features/alerts/AlertCard.tsx'
import { Card } from '../ui/Card.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SelectField } from '../ui/Field.tsx'
import { FilterBar } from '../ui/FilterBar.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { useFilters } from '../ui/search-params.ts'
import { SkeletonRows } from '../ui/Skeleton.tsx'

const states = ['open', 'resolved', 'all'] as const

export const readsQuery = true

export function loader({ request }: LoaderFunctionArgs) {
  const wanted = new URL(request.url).searchParams.get('state')
  const state = states.find((name) => name === wanted) ?? 'open'
  return { alerts: load(listSecurityAlerts, { query: { state } }) }
}

/** What the threat rules have seen, and what came of it. */
export function Page() {
  const { t } = useWords()
  const { alerts } = useLoaderData<typeof loader>()
  const { values, change } = useFilters(['state'])
  const state = values.state || 'open'
  return (
    <>
      <PageHeader title={t('admin.alerts.title')} lead={t('admin.alerts.lead')} />
      <Card isFlush>
        <FilterBar label={t('admin.alerts.filter')}>
          <SelectField
            name="state"
            label={t('admin.alerts.stateLabel')}
            value={state}
            onChange={(next) => change({ state: next === 'open' ? '' : next })}
            options={states.map((value) => ({ value, label: t(`admin.alerts.state.${value}`) }))}
          />
        </FilterBar>
        <Loaded of={alerts} skeleton={<SkeletonRows rows={4} />}>
          {({ items }) =>
            items.length > 0 ? (
              items.map((alert) => <AlertCard key={alert.id} alert={alert} />)
            ) : (
              <EmptyState icon="shield" title={state === 'open' ? t('admin.alerts.none') : t('admin.alerts.noMatch')}>
                <p>{state === 'open' ? t('admin.alerts.noneWords') : t('admin.alerts.noMatchWords')}</p>
              </EmptyState>
            )
          }
        </Loaded>
      </Card>
    </>
  )
}
