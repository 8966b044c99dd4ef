import { CodeField } from '../ui/CodeField.tsx'
import { SignInFrame } from '../features/sign-in/SignInFrame.tsx'
import { TryProblem } from '../ui/TryProblem.tsx'
import styles from '../features/sign-in/sign-in-form.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { SubmitButton } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Resend } from '../ui/Resend.tsx'
import { Rich } from '../ui/Rich.tsx'

export interface SignInCodeData {
  phone: string
  next: string | null
  /** From when the page was made until another code may be asked for. */
  resendSeconds: number
  wasSentAgain: boolean
}

export function Page({ data, form }: PageProps<SignInCodeData>) {
  const { t, paths } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'verify' })
  const phone = (
    <bdi dir="ltr" key="phone">
      {data.phone}
    </bdi>
  )
  return (
    <SignInFrame title={t('signIn.code.title')} lead={<Rich t={t} id="signIn.code.lead" values={{ phone }} />}>
      {data.wasSentAgain && !state && <Notice kind="good">{t('signIn.code.sentAgain')}</Notice>}
      <form className={styles['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="verify" />
        <TryProblem form={state} hasFailed={hasFailed} />
        <CodeField name="code" label={t('signIn.code')} hint={t('signIn.code.hint')} form={state} />
        <SubmitButton isBusy={isBusy} busyLabel={t('signIn.busy')}>
          {t('signIn.code.submit')}
        </SubmitButton>
      </form>
      <Resend seconds={data.resendSeconds} form={form} />
      <p className={styles['links']}>
        <a className={styles['link']} href={paths.signIn(data.next ?? undefined)}>
          {t('signIn.code.change')}
        </a>
      </p>
    </SignInFrame>
  )
}
