import type { FormState, FormValues } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { useForm } from '../../framework/useForm.ts'
import { SubmitButton } from '../../ui/Button.tsx'
import { CodeField } from '../../ui/CodeField.tsx'
import { TryProblem } from '../../ui/TryProblem.tsx'
import styles from './security.module.css'

interface EnrolFormProps {
  /** `_secret`, `_uri` and `_qr` as the server showed them. */
  enrolment: FormValues
  form: FormState | null
  onShown: (values: FormValues) => void
}

const inFours = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ')

/** The secret to scan or type, and the first code, which proves that the app has it. */
export function EnrolForm({ enrolment, form, onShown }: EnrolFormProps) {
  const { t } = useShop()
  const { ref, onSubmit, isBusy, state, hasFailed } = useForm<FormValues>({
    initial: form,
    intent: 'confirm',
    onDone: onShown,
  })
  const { _secret: secret = '', _uri: uri = '', _qr: qr = '' } = enrolment
  return (
    <form className={styles['enrol']} method="post" noValidate ref={ref} onSubmit={onSubmit}>
      <input type="hidden" name="intent" value="confirm" />
      <input type="hidden" name="_secret" value={secret} />
      <input type="hidden" name="_uri" value={uri} />
      <section className={styles['step']} aria-labelledby="scan">
        <h2 className={styles['stepTitle']} id="scan">
          {t('account.app.scan')}
        </h2>
        {qr && <img className={styles['qr']} src={qr} alt={t('account.app.qr')} width={208} height={208} />}
        <p>{t('account.app.secret')}</p>
        <p className={styles['secret']} dir="ltr">
          {inFours(secret)}
        </p>
      </section>
      <section className={styles['step']} aria-labelledby="first-code">
        <h2 className={styles['stepTitle']} id="first-code">
          {t('account.app.code')}
        </h2>
        <TryProblem form={state} hasFailed={hasFailed} />
        <CodeField name="code" label={t('signIn.second.app')} hint={t('signIn.second.app.hint')} form={state} />
        <div>
          <SubmitButton isBusy={isBusy} busyLabel={t('signIn.busy')}>
            {t('account.app.submit')}
          </SubmitButton>
        </div>
      </section>
    </form>
  )
}
