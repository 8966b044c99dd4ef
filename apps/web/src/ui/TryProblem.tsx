import type { FormState } from '../framework/form.ts'
import { useShop } from '../framework/shop.tsx'
import { FormProblem, Notice } from './Notice.tsx'

interface TryProblemProps {
  form: FormState | null
  hasFailed?: boolean
}

/** What stood in the way, with the time to wait where there were too many tries. */
export function TryProblem({ form, hasFailed = false }: TryProblemProps) {
  const { t } = useShop()
  const problem = hasFailed ? undefined : form?.problem
  const seconds = problem?.details['retryAfterSeconds']
  if (problem?.code === 'request/rate-limited' && typeof seconds === 'number')
    return (
      <Notice kind="bad" isFocusable>
        {seconds < 3600
          ? t('signIn.limited.minutes', { minutes: Math.max(1, Math.ceil(seconds / 60)) })
          : t('signIn.limited.hours', { hours: Math.ceil(seconds / 3600) })}
      </Notice>
    )
  if (problem?.code === 'auth/proof-required')
    return (
      <Notice kind="bad" isFocusable>
        {t('signIn.proof.needed')}
      </Notice>
    )
  return <FormProblem form={form} hasFailed={hasFailed} />
}
