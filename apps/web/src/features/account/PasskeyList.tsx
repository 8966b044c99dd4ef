import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { ButtonLink } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { ConfirmAction } from './ConfirmAction.tsx'
import panel from './panel.module.css'
import type { PasskeyRow } from './security-data.ts'
import styles from './security.module.css'

/** Passkeys, and the way to another. */
export function PasskeyList({ passkeys, form }: { passkeys: readonly PasskeyRow[]; form: FormState | null }) {
  const { t, paths } = useShop()
  return (
    <section className={panel['panel']} aria-labelledby="passkeys">
      <h2 className={panel['title']} id="passkeys">
        {t('account.passkeys.title')}
      </h2>
      <p className={panel['text']}>{t('account.passkeys.text')}</p>
      {passkeys.length > 0 && (
        <ul className={panel['rows']}>
          {passkeys.map(({ id, name, made, lastUsed }) => (
            <li className={styles['device']} key={id}>
              <Icon name="key" />
              <div className={panel['rowWords']}>
                <span className={panel['rowName']}>
                  <bdi>{name}</bdi>
                </span>
                <span className={panel['quiet']}>
                  {t('account.passkeys.made', { when: made })}
                  {lastUsed && ` · ${t('account.passkeys.lastUsed', { when: lastUsed })}`}
                </span>
                <ConfirmAction
                  intent="remove-passkey"
                  id={id}
                  form={form}
                  open={t('account.passkeys.remove')}
                  openLabel={t('account.passkeys.remove.label', { name })}
                  question={t('account.passkeys.remove.question', { name })}
                  submit={t('account.passkeys.remove.submit')}
                />
              </div>
            </li>
          ))}
        </ul>
      )}
      <p>
        <ButtonLink href={paths.accountPart('security/passkey')} isQuiet>
          {t('account.passkeys.add')}
        </ButtonLink>
      </p>
    </section>
  )
}
