import { AccountFrame } from '../features/account/AccountFrame.tsx'
import panel from '../features/account/panel.module.css'
import { shortestPassword } from '../features/sign-in/password-length.ts'
import { UsernameField } from '../features/sign-in/UsernameField.tsx'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { SubmitButton } from '../ui/Button.tsx'
import { PasswordField } from '../ui/PasswordField.tsx'
import { TryProblem } from '../ui/TryProblem.tsx'

export interface AccountPasswordData {
  email: string
  hasPassword: boolean
}

export function Page({ data, form }: PageProps<AccountPasswordData>) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'save' })
  const title = t(data.hasPassword ? 'account.password.change' : 'account.password.set')
  return (
    <AccountFrame
      part="security"
      title={title}
      lead={t('account.password.lead')}
      up={{ part: 'security', label: t('account.security.title') }}
    >
      <form className={panel['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="save" />
        <UsernameField value={data.email} />
        <TryProblem form={state} hasFailed={hasFailed} />
        {data.hasPassword && (
          <PasswordField
            name="currentPassword"
            label={t('account.password.current')}
            autoComplete="current-password"
            form={state}
          />
        )}
        <PasswordField
          name="newPassword"
          label={t('account.password.new')}
          hint={t('signIn.up.password.hint')}
          autoComplete="new-password"
          minLength={shortestPassword}
          form={state}
        />
        <div>
          <SubmitButton isBusy={isBusy} busyLabel={t('checkout.saving')}>
            {title}
          </SubmitButton>
        </div>
      </form>
    </AccountFrame>
  )
}
