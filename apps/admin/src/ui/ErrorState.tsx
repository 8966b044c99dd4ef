import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { useWords } from '../app/words.tsx'
import { Button } from './Button.tsx'
import { EmptyState } from './EmptyState.tsx'
import styles from './error-state.module.css'
import { problemWords, referenceOf } from './problem-words.ts'

/** The permission a refusal named, if it was one. */
const missingOf = (error: unknown): string | undefined => {
  const named =
    error instanceof ApiProblem && error.code === 'auth/forbidden' ? error.document['permission'] : undefined
  return typeof named === 'string' ? named : undefined
}

/** Names the right that is missing and who can grant it. */
export function NoPermission({ permission }: { permission: string | undefined }) {
  const { t } = useWords()
  return (
    <EmptyState icon="lock" title={t('admin.states.forbidden')}>
      {permission ? (
        <p>
          {t.rich('admin.states.missing', {
            permission: (
              <bdi key="permission" className={styles['code']}>
                {permission}
              </bdi>
            ),
          })}
        </p>
      ) : (
        <p>{t('admin.states.missingSomething')}</p>
      )}
    </EmptyState>
  )
}

interface ErrorStateProps {
  error: unknown
  onRetry?: () => void
}

/** In place of what could not be shown: what happened, what to do, and the reference the logs know it by. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { t } = useWords()
  const reference = referenceOf(error)
  if (error instanceof ApiProblem && error.code === 'auth/forbidden')
    return <NoPermission permission={missingOf(error)} />
  return (
    <div role="alert">
      <EmptyState
        icon="alert"
        title={problemWords(t, error)}
        action={onRetry && <Button onPress={onRetry}>{t('admin.states.retry')}</Button>}
      >
        <p>{t('admin.states.nothingChanged')}</p>
        {reference && (
          <p className={styles['reference']}>
            {t('admin.states.reference')} <bdi className={styles['code']}>{reference}</bdi>
          </p>
        )}
      </EmptyState>
    </div>
  )
}
