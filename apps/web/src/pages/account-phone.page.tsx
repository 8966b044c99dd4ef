import { AccountFrame } from '../features/account/AccountFrame.tsx'
import panel from '../features/account/panel.module.css'
import type { FormState } from '../framework/form.ts'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { SubmitButton } from '../ui/Button.tsx'
import { CodeField } from '../ui/CodeField.tsx'
import { TextField } from '../ui/Field.tsx'
import { Rich } from '../ui/Rich.tsx'
import { TryProblem } from '../ui/TryProblem.tsx'

export interface AccountPhoneData {
  current: string | null
  /** The new number, once a code is on its way to it. */
  sentTo: string | null
}

function NumberForm({ form }: { form: FormState | null }) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'send' })
  return (
    <form className={panel['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
      <input type="hidden" name="intent" value="send" />
      <TryProblem form={state} hasFailed={hasFailed} />
      <TextField
        name="phone"
        type="tel"
        label={t('account.phone.new')}
        hint={t('account.phone.hint')}
        autoComplete="tel"
        inputMode="tel"
        maxLength={40}
        isLatin
        form={state}
      />
      <div>
        <SubmitButton isBusy={isBusy} busyLabel={t('signIn.busy')}>
          {t('account.phone.send')}
        </SubmitButton>
      </div>
    </form>
  )
}

function CodeForm({ form }: { form: FormState | null }) {
  const { t, paths } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm({ initial: form, intent: 'verify' })
  return (
    <form className={panel['form']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
      <input type="hidden" name="intent" value="verify" />
      <TryProblem form={state} hasFailed={hasFailed} />
      <CodeField name="code" label={t('signIn.code')} hint={t('signIn.code.hint')} form={state} />
      <div className={panel['actions']}>
        <SubmitButton isBusy={isBusy} busyLabel={t('signIn.busy')}>
          {t('account.phone.submit')}
        </SubmitButton>
        <a className={panel['link']} href={paths.accountPart('profile/phone')}>
          {t('signIn.code.change')}
        </a>
      </div>
    </form>
  )
}

export function Page({ data, form }: PageProps<AccountPhoneData>) {
  const { t } = useShop()
  const number = (text: string) => (
    <bdi dir="ltr" key="phone">
      {text}
    </bdi>
  )
  const lead = data.sentTo ? (
    <Rich t={t} id="signIn.code.lead" values={{ phone: number(data.sentTo) }} />
  ) : (
    data.current && <Rich t={t} id="account.phone.lead" values={{ phone: number(data.current) }} />
  )
  return (
    <AccountFrame
      part="profile"
      title={t('account.phone.title')}
      lead={lead}
      up={{ part: 'profile', label: t('account.profile.title') }}
    >
      {data.sentTo ? <CodeForm form={form} /> : <NumberForm form={form} />}
    </AccountFrame>
  )
}
