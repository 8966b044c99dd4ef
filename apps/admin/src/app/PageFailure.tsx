import { useRouteError } from 'react-router'
import { Card } from '../ui/Card.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { useWords } from './words.tsx'

/** In place of a page that broke: the navigation stays, and loading it again may help. */
export function PageFailure() {
  const { t } = useWords()
  const error = useRouteError()
  return (
    <>
      <PageHeader title={t('admin.states.failedTitle')} />
      <Card>
        <ErrorState error={error} onRetry={() => window.location.reload()} />
      </Card>
    </>
  )
}
