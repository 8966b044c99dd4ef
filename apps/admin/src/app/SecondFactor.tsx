import type { FactorKind, PasskeyCeremony } from '@dhow/contracts/auth.ts'
import { FactorProof as FactorProofSchema } from '@dhow/contracts/auth.ts'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { Form, FormFailure } from '../ui/Form.tsx'
import type { IconName } from '../ui/Icon.tsx'
import { textOf, useForm } from '../ui/useForm.ts'
import { canUsePasskeys, askForPasskey } from './passkeys.ts'
import styles from './second-factor.module.css'
import { useWords } from './words.tsx'

type ProofInput = z.input<typeof FactorProofSchema>

interface SecondFactorProps {
  /** What the account has. */
  methods: readonly FactorKind[]
  beginPasskey: () => Promise<z.infer<typeof PasskeyCeremony>>
  /** Hands the proof in; throws the API's problems. */
  give: (proof: ProofInput) => Promise<unknown>
  onDone?: () => void
  /** The way out. */
  cancel?: ReactNode
}

const icons: Record<FactorKind, IconName> = { totp: 'phone', passkey: 'key', 'recovery-code': 'lock' }

function CodeForm({
  kind,
  give,
  onDone,
  cancel,
}: Pick<SecondFactorProps, 'give' | 'onDone' | 'cancel'> & { kind: 'totp' | 'recovery-code' }) {
  const { t } = useWords()
  const form = useForm({
    schema: FactorProofSchema,
    read: (fields): ProofInput => ({ method: kind, code: textOf(fields, 'code') }),
    send: give,
    changesData: false,
    onDone,
  })
  const isTotp = kind === 'totp'
  return (
    <Form
      form={form}
      actions={
        <div className={styles['actions']}>
          {cancel}
          <Button type="submit" kind="main" isBusy={form.state.isBusy}>
            {t('admin.factor.confirm')}
          </Button>
        </div>
      }
    >
      <TextField
        name="code"
        label={isTotp ? t('admin.factor.totpLabel') : t('admin.factor.recoveryLabel')}
        hint={isTotp ? t('admin.factor.totpHint') : t('admin.factor.recoveryHint')}
        form={form.state}
        autoComplete={isTotp ? 'one-time-code' : 'off'}
        inputMode={isTotp ? 'numeric' : 'text'}
        maxLength={40}
        isLatin
        isFirst
      />
    </Form>
  )
}

function PasskeyStep({ beginPasskey, give, onDone, cancel }: Omit<SecondFactorProps, 'methods'>) {
  const { t } = useWords()
  const form = useForm({
    read: () => undefined,
    send: async () => give({ method: 'passkey', ...(await askForPasskey(await beginPasskey())) }),
    changesData: false,
    onDone,
  })
  return (
    <form ref={form.ref} className={styles['passkey']} onSubmit={form.onSubmit}>
      <p>{t('admin.factor.passkeyWords')}</p>
      <FormFailure error={form.state.failure} />
      <div className={styles['actions']}>
        {cancel}
        <Button type="submit" kind="main" icon="key" isBusy={form.state.isBusy}>
          {t('admin.factor.usePasskey')}
        </Button>
      </div>
    </form>
  )
}

/** Asks for one of the second factors the account has, and lets people take another. */
export function SecondFactor(props: SecondFactorProps) {
  const { t } = useWords()
  const usable = props.methods.filter((method) => method !== 'passkey' || canUsePasskeys())
  const [chosen, setChosen] = useState<FactorKind>(usable[0] ?? 'recovery-code')
  const others = usable.filter((method) => method !== chosen)
  return (
    <div className={styles['factor']}>
      {chosen === 'passkey' ? <PasskeyStep {...props} /> : <CodeForm key={chosen} kind={chosen} {...props} />}
      {others.length > 0 && (
        <div className={styles['others']}>
          <p>{t('admin.factor.otherWays')}</p>
          <ul>
            {others.map((method) => (
              <li key={method}>
                <Button kind="plain" icon={icons[method]} onPress={() => setChosen(method)}>
                  {t(`admin.factor.use.${method}`)}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
