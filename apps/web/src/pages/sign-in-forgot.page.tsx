import { SignInFrame } from '../features/sign-in/SignInFrame.tsx'
import { TryProblem } from '../ui/TryProblem.tsx'
import styles from '../features/sign-in/sign-in-form.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { SubmitButton } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'

export interface SignInForgotData {
  email: string
}

export function Page({ data, form }: PageProps<SignInForgotData>) {
  const { t, paths } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'forget' })
  return (
    <SignInFrame title={t('signIn.forgot.title')} lead={t('signIn.forgot.lead')}>
      <form className={styles['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="forget" />
        <TryProblem form={state} hasFailed={hasFailed} />
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
        <SubmitButton isBusy={isBusy} busyLabel={t('signIn.busy')}>
          {t('signIn.forgot.submit')}
        </SubmitButton>
      </form>
      <p className={styles['links']}>
        <a className={styles['link']} href={paths.signIn()}>
          {t('signIn.forgot.back')}
        </a>
      </p>
    </SignInFrame>
  )
}
