import { AccountFrame } from '../features/account/AccountFrame.tsx'
import panel from '../features/account/panel.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { SubmitButton } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { Rich } from '../ui/Rich.tsx'
import { TryProblem } from '../ui/TryProblem.tsx'

export interface AccountMailData {
  current: string | null
}

export function Page({ data, form }: PageProps<AccountMailData>) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'send' })
  const email = (
    <bdi dir="ltr" key="email">
      {data.current}
    </bdi>
  )
  return (
    <AccountFrame
      part="profile"
      title={t('account.mail.title')}
      lead={data.current ? <Rich t={t} id="account.mail.lead" values={{ email }} /> : t('account.mail.lead.first')}
      up={{ part: 'profile', label: t('account.profile.title') }}
    >
      <form className={panel['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
        <input type="hidden" name="intent" value="send" />
        <TryProblem form={state} hasFailed={hasFailed} />
        <TextField
          name="email"
          type="email"
          label={t('account.mail.new')}
          hint={t('account.mail.hint')}
          autoComplete="email"
          inputMode="email"
          maxLength={254}
          isLatin
          form={state}
        />
        <div>
          <SubmitButton isBusy={isBusy} busyLabel={t('signIn.busy')}>
            {t('account.mail.submit')}
          </SubmitButton>
        </div>
      </form>
    </AccountFrame>
  )
}
