import { beginStaffPasskeySignIn, staffLogin, staffSignInWithPasskey } from '@dhow/contracts/staff-auth.ts'
import type { StaffSignInResult } from '@dhow/contracts/staff-auth.ts'
import { call } from '../../app/api.ts'
import { canUsePasskeys, askForPasskey } from '../../app/passkeys.ts'
import { useWords } from '../../app/words.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Form, FormFailure } from '../../ui/Form.tsx'
import { textOf, useForm } from '../../ui/useForm.ts'
import styles from './first-step.module.css'

interface FirstStepProps {
  onResult: (result: StaffSignInResult) => void
}

function PasskeyButton({ onResult }: FirstStepProps) {
  const { t } = useWords()
  const form = useForm({
    read: () => undefined,
    send: async () => {
      const answer = await askForPasskey(await call(beginStaffPasskeySignIn, { body: {} }))
      return call(staffSignInWithPasskey, { body: answer })
    },
    changesData: false,
    onDone: onResult,
  })
  return (
    <form className={styles['passkey']} ref={form.ref} onSubmit={form.onSubmit}>
      <FormFailure error={form.state.failure} />
      <Button type="submit" icon="key" isWide isBusy={form.state.isBusy}>
        {t('admin.signIn.passkey')}
      </Button>
    </form>
  )
}

/** E-mail and password, or a passkey. */
export function FirstStep({ onResult }: FirstStepProps) {
  const { t } = useWords()
  const form = useForm({
    schema: staffLogin.body,
    read: (fields) => ({ email: textOf(fields, 'email'), password: textOf(fields, 'password') }),
    send: (body) => call(staffLogin, { body }),
    changesData: false,
    onDone: onResult,
  })
  return (
    <>
      <Form
        form={form}
        actions={
          <Button type="submit" kind="main" isWide isBusy={form.state.isBusy}>
            {t('admin.signIn.submit')}
          </Button>
        }
      >
        <TextField
          name="email"
          type="email"
          label={t('admin.fields.email')}
          form={form.state}
          autoComplete="username"
          inputMode="email"
          isLatin
          isFirst
        />
        <TextField
          name="password"
          type="password"
          label={t('admin.fields.password')}
          form={form.state}
          autoComplete="current-password"
          isLatin
        />
      </Form>
      {canUsePasskeys() && (
        <>
          <p className={styles['or']}>{t('admin.signIn.or')}</p>
          <PasskeyButton onResult={onResult} />
        </>
      )}
      <p className={styles['help']}>{t('admin.signIn.help')}</p>
    </>
  )
}
