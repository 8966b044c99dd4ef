import { AccountFrame } from '../features/account/AccountFrame.tsx'
import { PhoneProof } from '../features/account/PhoneProof.tsx'
import panel from '../features/account/panel.module.css'
import { AppCodeForm, RecoveryCodeForm } from '../features/sign-in/FactorForms.tsx'
import { PasskeyButton } from '../features/sign-in/PasskeyButton.tsx'
import { UsernameField } from '../features/sign-in/UsernameField.tsx'
import type { FormState } from '../framework/form.ts'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { SubmitButton } from '../ui/Button.tsx'
import { PasswordField } from '../ui/PasswordField.tsx'
import { TryProblem } from '../ui/TryProblem.tsx'

export interface AccountConfirmData {
  /** Where to go on afterwards. */
  next: string
  ways: readonly ('app' | 'recovery' | 'passkey' | 'password' | 'code')[]
  phone: string
  email: string
  isCodeSent: boolean
}

function PasswordProof({ email, form }: { email: string; form: FormState | null }) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'password' })
  return (
    <form className={panel['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
      <input type="hidden" name="intent" value="password" />
      <UsernameField value={email} />
      <TryProblem form={state} hasFailed={hasFailed} />
      <PasswordField name="password" label={t('signIn.password')} autoComplete="current-password" form={state} />
      <div>
        <SubmitButton isBusy={isBusy} busyLabel={t('signIn.busy')}>
          {t('account.confirm.submit')}
        </SubmitButton>
      </div>
    </form>
  )
}

/** Asked before what could lock somebody out or cost them; leads back to where they were. */
export function Page({ data, form }: PageProps<AccountConfirmData>) {
  const { t, paths } = useShop()
  const { ways, next, phone, email, isCodeSent } = data
  return (
    <AccountFrame
      part="security"
      title={t('account.confirm.title')}
      lead={t('account.confirm.lead')}
      up={{ part: 'security', label: t('account.security.title') }}
    >
      <div className={panel['ways']}>
        {ways.includes('passkey') && <PasskeyButton path={paths.accountConfirm(next)} isConfirming />}
        {ways.includes('app') && <AppCodeForm form={form} submit={t('account.confirm.submit')} />}
        {ways.includes('password') && <PasswordProof email={email} form={form} />}
        {ways.includes('code') && <PhoneProof phone={phone} isSent={isCodeSent} form={form} />}
        {ways.includes('recovery') && <RecoveryCodeForm form={form} />}
      </div>
    </AccountFrame>
  )
}
