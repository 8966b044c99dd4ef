import type { FactorKind } from '@dhow/contracts/auth.ts'
import { AppCodeForm, RecoveryCodeForm } from '../features/sign-in/FactorForms.tsx'
import { PasskeyButton } from '../features/sign-in/PasskeyButton.tsx'
import { SignInFrame } from '../features/sign-in/SignInFrame.tsx'
import styles from '../features/sign-in/sign-in-form.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'

export interface SignInSecondData {
  methods: readonly FactorKind[]
}

export function Page({ data, form }: PageProps<SignInSecondData>) {
  const { t, paths } = useShop()
  const has = (method: FactorKind) => data.methods.includes(method)
  return (
    <SignInFrame title={t('signIn.second.title')} lead={t('signIn.second.lead')}>
      {has('totp') && <AppCodeForm form={form} submit={t('signIn.second.submit')} />}
      {has('passkey') && <PasskeyButton path={paths.signInStep('second-step')} />}
      {has('recovery-code') && <RecoveryCodeForm form={form} />}
      <p className={styles['links']}>
        <a className={styles['link']} href={paths.signIn()}>
          {t('signIn.second.startAgain')}
        </a>
      </p>
    </SignInFrame>
  )
}
