import type { FormEvent } from 'react'
import { AccountFrame } from '../features/account/AccountFrame.tsx'
import panel from '../features/account/panel.module.css'
import { usePasskey } from '../features/sign-in/usePasskey.ts'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { SubmitButton } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'

export interface AccountPasskeyData {
  /** This device as we would call it. */
  suggestedName: string
}

const problems = {
  'called-off': 'account.passkeys.calledOff',
  refused: 'problems.auth/passkey-invalid',
  failed: 'form.noAnswer',
} as const

export function Page({ data }: PageProps<AccountPasskeyData>) {
  const { t, paths } = useShop()
  const { state, begin } = usePasskey()

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const name = new FormData(event.currentTarget).get('name')
    if (state === 'busy') return
    void begin({
      path: paths.accountPart('security/passkey'),
      run: (tools, ceremony) => tools.makePasskey(ceremony),
      fields: { name: typeof name === 'string' ? name : '' },
    })
  }

  return (
    <AccountFrame
      part="security"
      title={t('account.passkeys.add')}
      lead={t('account.passkeys.text')}
      up={{ part: 'security', label: t('account.security.title') }}
    >
      <noscript>{t('account.passkeys.noScript')}</noscript>
      {(state === 'called-off' || state === 'refused' || state === 'failed') && (
        <Notice kind="bad">{t(problems[state])}</Notice>
      )}
      <form className={panel['form']} method="post" onSubmit={onSubmit}>
        <TextField
          name="name"
          label={t('account.passkeys.name')}
          hint={t('account.passkeys.name.hint')}
          value={data.suggestedName}
          autoComplete="off"
          maxLength={60}
          form={null}
        />
        <div>
          <SubmitButton isBusy={state === 'busy'} busyLabel={t('signIn.passkey.busy')}>
            {t('account.passkeys.submit')}
          </SubmitButton>
        </div>
      </form>
    </AccountFrame>
  )
}
