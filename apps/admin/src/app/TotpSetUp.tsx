import type { TotpEnrolment } from '@dhow/contracts/account-security.ts'
import { OneTimeCode } from '@dhow/contracts/auth.ts'
import { z } from 'zod'
import { Button } from '../ui/Button.tsx'
import { copyText } from '../ui/copy.ts'
import { TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { toast } from '../ui/toasts.ts'
import { textOf, useForm } from '../ui/useForm.ts'
import { QrCode } from './QrCode.tsx'
import styles from './totp-set-up.module.css'
import { useWords } from './words.tsx'

const Body = z.object({ code: OneTimeCode })

interface TotpSetUpProps<Answer> {
  enrolment: z.infer<typeof TotpEnrolment>
  confirm: (body: { code: string }) => Promise<Answer>
  onDone: (answer: Answer) => void
}

/** The secret as a picture to scan and as text to type, and the first code to prove that it arrived. */
export function TotpSetUp<Answer>({ enrolment, confirm, onDone }: TotpSetUpProps<Answer>) {
  const { t } = useWords()
  const form = useForm({
    schema: Body,
    read: (fields) => ({ code: textOf(fields, 'code') }),
    send: confirm,
    changesData: false,
    onDone,
  })
  const copy = async () => {
    if (await copyText(enrolment.secret)) toast(t('admin.actions.copied'))
  }
  return (
    <Form
      form={form}
      actions={
        <Button type="submit" kind="main" isBusy={form.state.isBusy}>
          {t('admin.enrol.confirmCode')}
        </Button>
      }
    >
      <ol className={styles['steps']}>
        <li>{t('admin.enrol.scan')}</li>
        <li className={styles['code']}>
          <QrCode text={enrolment.uri} />
          <div className={styles['secret']}>
            <p>{t('admin.enrol.orType')}</p>
            <code dir="ltr" className={styles['letters']}>
              {enrolment.secret.replace(/(.{4})(?=.)/g, '$1 ')}
            </code>
            <Button icon="copy" isSmall onPress={() => void copy()}>
              {t('admin.actions.copy')}
            </Button>
          </div>
        </li>
      </ol>
      <TextField
        name="code"
        label={t('admin.enrol.firstCode')}
        hint={t('admin.factor.totpHint')}
        form={form.state}
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={12}
        isLatin
        isFirst
      />
    </Form>
  )
}
