import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { ButtonLink } from '../../ui/Button.tsx'
import { ConfirmAction } from './ConfirmAction.tsx'
import panel from './panel.module.css'
import type { Factors } from './security-data.ts'

/** The authenticator app and what stands in for it when the phone is lost. */
export function AppPanel({ factors, form }: { factors: Factors; form: FormState | null }) {
  const { t, paths } = useShop()
  const { hasTotp, recoveryCodesLeft } = factors
  return (
    <section className={panel['panel']} aria-labelledby="app">
      <div className={panel['head']}>
        <h2 className={panel['title']} id="app">
          {t('account.app.title')}
        </h2>
        {hasTotp && <span className={panel['badge']}>{t('account.app.on')}</span>}
      </div>
      <p className={panel['text']}>{t(hasTotp ? 'account.app.text.on' : 'account.app.text.off')}</p>
      {hasTotp ? (
        <>
          <div className={panel['row']}>
            <div className={panel['rowWords']}>
              <span className={panel['rowName']}>{t('account.codes.title')}</span>
              <span className={panel['quiet']}>{t('account.codes.left', { count: recoveryCodesLeft })}</span>
            </div>
            <a className={panel['link']} href={paths.accountPart('security/recovery-codes')}>
              {t('account.codes.renew')}
            </a>
          </div>
          <ConfirmAction
            intent="remove-app"
            form={form}
            open={t('account.app.remove')}
            question={t('account.app.remove.question')}
            submit={t('account.app.remove.submit')}
          />
        </>
      ) : (
        <p>
          <ButtonLink href={paths.accountPart('security/app')} isQuiet>
            {t('account.app.add')}
          </ButtonLink>
        </p>
      )}
    </section>
  )
}

export function PasswordPanel({ factors }: { factors: Factors }) {
  const { t, paths } = useShop()
  const { hasPassword, email } = factors
  return (
    <section className={panel['panel']} aria-labelledby="password">
      <h2 className={panel['title']} id="password">
        {t('account.password.title')}
      </h2>
      <p className={panel['text']}>
        {t(
          hasPassword
            ? 'account.password.text.on'
            : email
              ? 'account.password.text.off'
              : 'account.password.text.noEmail',
        )}
      </p>
      <p>
        {hasPassword || email ? (
          <ButtonLink href={paths.accountPart('security/password')} isQuiet>
            {t(hasPassword ? 'account.password.change' : 'account.password.set')}
          </ButtonLink>
        ) : (
          <ButtonLink href={paths.accountPart('profile/email')} isQuiet>
            {t('account.finish.email')}
          </ButtonLink>
        )}
      </p>
    </section>
  )
}
