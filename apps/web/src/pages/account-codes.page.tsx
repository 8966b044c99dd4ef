import { useState } from 'react'
import { AccountFrame } from '../features/account/AccountFrame.tsx'
import { RecoveryCodeList } from '../features/account/RecoveryCodeList.tsx'
import panel from '../features/account/panel.module.css'
import type { FormValues } from '../framework/form.ts'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { SubmitButton } from '../ui/Button.tsx'
import { TryProblem } from '../ui/TryProblem.tsx'

export interface AccountCodesData {
  left: number
}

export function Page({ data, form }: PageProps<AccountCodesData>) {
  const { t } = useShop()
  const [shown, setShown] = useState<FormValues>(form?.values ?? {})
  const control = useForm<FormValues>({ initial: form, intent: 'renew', onDone: setShown })
  const codes = shown['_codes']?.split(' ')
  return (
    <AccountFrame
      part="security"
      title={t('account.codes.title')}
      lead={codes ? t('account.codes.lead') : t('account.codes.left', { count: data.left })}
      up={{ part: 'security', label: t('account.security.title') }}
    >
      {codes ? (
        <RecoveryCodeList codes={codes} />
      ) : (
        <form className={panel['form']} method="post" ref={control.ref} onSubmit={control.onSubmit}>
          <input type="hidden" name="intent" value="renew" />
          <TryProblem form={control.state} hasFailed={control.hasFailed} />
          <p className={panel['text']}>{t('account.codes.renew.text')}</p>
          <div>
            <SubmitButton isBusy={control.isBusy} busyLabel={t('signIn.busy')}>
              {t('account.codes.renew.submit')}
            </SubmitButton>
          </div>
        </form>
      )}
    </AccountFrame>
  )
}
