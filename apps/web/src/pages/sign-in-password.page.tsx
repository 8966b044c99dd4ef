import { PasskeyButton } from '../features/sign-in/PasskeyButton.tsx'
import { PasswordField } from '../ui/PasswordField.tsx'
import { SignInFrame } from '../features/sign-in/SignInFrame.tsx'
import { TryProblem } from '../ui/TryProblem.tsx'
import styles from '../features/sign-in/sign-in-form.module.css'
import { UsernameField } from '../features/sign-in/UsernameField.tsx'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { useHasScript } from '../framework/useHasScript.ts'
import { SubmitButton } from '../ui/Button.tsx'
import { Rich } from '../ui/Rich.tsx'

export interface SignInPasswordData {
  email: string
  next: string | null
}

export function Page({ data, form }: PageProps<SignInPasswordData>) {
  const { t, paths } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'sign-in' })
  const hasScript = useHasScript()
  const next = data.next ?? undefined
  const email = (
    <bdi dir="ltr" key="email">
      {data.email}
    </bdi>
  )
  return (
    <SignInFrame title={t('signIn.password.title')} lead={<Rich t={t} id="signIn.password.lead" values={{ email }} />}>
      <form className={styles['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="sign-in" />
        <UsernameField value={data.email} />
        <TryProblem form={state} hasFailed={hasFailed} />
        <PasswordField name="password" label={t('signIn.password')} autoComplete="current-password" form={state} />
        <SubmitButton isBusy={isBusy} busyLabel={t('signIn.busy')}>
          {t('signIn.password.submit')}
        </SubmitButton>
      </form>
      <p className={styles['links']}>
        <a className={styles['link']} href={paths.signInStep('forgot-password')}>
          {t('signIn.password.forgot')}
        </a>
        <a className={styles['link']} href={paths.signIn(next)}>
          {t('signIn.password.change')}
        </a>
        <a className={styles['link']} href={paths.signUp(next)}>
          {t('signIn.signUp')}
        </a>
      </p>
      {hasScript && <p className={styles['or']}>{t('signIn.or')}</p>}
      <PasskeyButton path={paths.signIn()} next={data.next} />
    </SignInFrame>
  )
}
