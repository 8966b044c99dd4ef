import { useWords } from '../app/words.tsx'
import { paths } from '../paths.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'

/** An address that leads nowhere. */
export function Page() {
  const { t } = useWords()
  return (
    <>
      <PageHeader title={t('admin.notFound.title')} />
      <Card>
        <EmptyState
          icon="search"
          title={t('admin.notFound.words')}
          action={<ButtonLink to={paths.home()}>{t('admin.notFound.home')}</ButtonLink>}
        />
      </Card>
    </>
  )
}
