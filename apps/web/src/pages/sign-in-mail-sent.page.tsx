import { SignInFrame } from '../features/sign-in/SignInFrame.tsx'
import styles from '../features/sign-in/sign-in-form.module.css'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { Rich } from '../ui/Rich.tsx'

export interface SignInMailSentData {
  purpose: 'register' | 'reset'
  email: string
}

/** Says the same whether the address has an account. */
export function Page({ data }: PageProps<SignInMailSentData>) {
  const { t, paths } = useShop()
  const email = (
    <bdi dir="ltr" key="email">
      {data.email}
    </bdi>
  )
  const isReset = data.purpose === 'reset'
  return (
    <SignInFrame
      title={t('signIn.mail.title')}
      lead={<Rich t={t} id={isReset ? 'signIn.mail.reset' : 'signIn.mail.register'} values={{ email }} />}
    >
      <p className={styles['quiet']}>{t('signIn.mail.late')}</p>
      <p className={styles['links']}>
        <a className={styles['link']} href={isReset ? paths.signInStep('forgot-password') : paths.signUp()}>
          {t('signIn.mail.again')}
        </a>
        <a className={styles['link']} href={paths.signIn()}>
          {t('signIn.forgot.back')}
        </a>
      </p>
    </SignInFrame>
  )
}
