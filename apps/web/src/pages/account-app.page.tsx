import { useState } from 'react'
import { AccountFrame } from '../features/account/AccountFrame.tsx'
import { EnrolForm } from '../features/account/EnrolForm.tsx'
import { RecoveryCodeList } from '../features/account/RecoveryCodeList.tsx'
import panel from '../features/account/panel.module.css'
import type { FormValues } from '../framework/form.ts'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { SubmitButton } from '../ui/Button.tsx'
import { TryProblem } from '../ui/TryProblem.tsx'

export type AccountAppData = Record<string, never>

function BeginForm({ onShown }: { onShown: (values: FormValues) => void }) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm<FormValues>({
    initial: null,
    intent: 'begin',
    onDone: onShown,
  })
  return (
    <form className={panel['form']} method="post" ref={ref} onSubmit={onSubmit}>
      <input type="hidden" name="intent" value="begin" />
      <TryProblem form={state} hasFailed={hasFailed} />
      <div>
        <SubmitButton isBusy={isBusy} busyLabel={t('signIn.busy')}>
          {t('account.app.begin')}
        </SubmitButton>
      </div>
    </form>
  )
}

/** Three states of one page: what it is, the QR code with the field for the first code, and the recovery codes. */
export function Page({ form }: PageProps<AccountAppData>) {
  const { t } = useShop()
  const [shown, setShown] = useState<FormValues>(form?.values ?? {})
  const codes = shown['_codes']?.split(' ')
  return (
    <AccountFrame
      part="security"
      title={t(codes ? 'account.codes.title' : 'account.app.add')}
      lead={t(codes ? 'account.codes.lead' : 'account.app.lead')}
      up={{ part: 'security', label: t('account.security.title') }}
      saved={codes ? t('account.app.added') : null}
    >
      {codes ? (
        <RecoveryCodeList codes={codes} />
      ) : shown['_secret'] ? (
        <EnrolForm enrolment={shown} form={form} onShown={setShown} />
      ) : (
        <BeginForm onShown={setShown} />
      )}
    </AccountFrame>
  )
}
