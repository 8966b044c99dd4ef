import { Honeypot } from '../features/sign-in/Honeypot.tsx'
import { PasswordField } from '../ui/PasswordField.tsx'
import { shortestPassword } from '../features/sign-in/password-length.ts'
import { SignInFrame } from '../features/sign-in/SignInFrame.tsx'
import { TryProblem } from '../ui/TryProblem.tsx'
import styles from '../features/sign-in/sign-in-form.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { SubmitButton } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'

export interface SignUpData {
  next: string | null
  email: string
}

export function Page({ data, form }: PageProps<SignUpData>) {
  const { t, paths } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'sign-up' })
  return (
    <SignInFrame title={t('signIn.up.title')} lead={t('signIn.up.lead')}>
      <form className={styles['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="sign-up" />
        <input type="hidden" name="next" value={data.next ?? ''} />
        <Honeypot />
        <TryProblem form={state} hasFailed={hasFailed} />
        <TextField name="name" label={t('signIn.up.name')} autoComplete="name" maxLength={80} form={state} />
        <TextField
          name="email"
          type="email"
          label={t('signIn.up.email')}
          value={data.email}
          autoComplete="username"
          inputMode="email"
          maxLength={254}
          isLatin
          form={state}
        />
        <PasswordField
          name="password"
          label={t('signIn.up.password')}
          hint={t('signIn.up.password.hint')}
          autoComplete="new-password"
          minLength={shortestPassword}
          form={state}
        />
        <SubmitButton isBusy={isBusy} busyLabel={t('signIn.busy')}>
          {t('signIn.up.submit')}
        </SubmitButton>
      </form>
      <p className={styles['quiet']}>
        {t('signIn.up.already')} <a href={paths.signIn(data.next ?? undefined)}>{t('signIn.up.signIn')}</a>
      </p>
    </SignInFrame>
  )
}
