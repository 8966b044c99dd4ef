import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { ConfirmAction } from './ConfirmAction.tsx'
import panel from './panel.module.css'
import type { SessionRow } from './security-data.ts'
import styles from './security.module.css'

function Device({ session, form }: { session: SessionRow; form: FormState | null }) {
  const { t } = useShop()
  const { id, isCurrent, client, place, lastSeen, since } = session
  return (
    <li className={styles['device']}>
      <Icon name="device" />
      <div className={panel['rowWords']}>
        <span className={panel['rowName']}>
          <bdi>{client}</bdi>
        </span>
        <span className={panel['quiet']}>
          {place && (
            <>
              <bdi>{place}</bdi> ·{' '}
            </>
          )}
          {t('account.sessions.since', { when: since })}
        </span>
        {isCurrent ? (
          <span className={panel['badge']}>{t('account.sessions.current')}</span>
        ) : (
          <span className={panel['quiet']}>{t('account.sessions.lastSeen', { when: lastSeen })}</span>
        )}
        {!isCurrent && (
          <ConfirmAction
            intent="revoke"
            id={id}
            form={form}
            open={t('account.sessions.end')}
            openLabel={t('account.sessions.end.label', { client })}
            question={t('account.sessions.end.question', { client })}
            submit={t('account.sessions.end.submit')}
          />
        )}
      </div>
    </li>
  )
}

/** Where the account is signed in, this device first. */
export function SessionList({ sessions, form }: { sessions: readonly SessionRow[]; form: FormState | null }) {
  const { t } = useShop()
  const hasOthers = sessions.some(({ isCurrent }) => !isCurrent)
  const inOrder = [...sessions].sort((one, other) => Number(other.isCurrent) - Number(one.isCurrent))
  return (
    <section className={panel['panel']} aria-labelledby="sessions">
      <h2 className={panel['title']} id="sessions">
        {t('account.sessions.title')}
      </h2>
      <ul className={panel['rows']}>
        {inOrder.map((session) => (
          <Device session={session} form={form} key={session.id} />
        ))}
      </ul>
      {hasOthers && (
        <ConfirmAction
          intent="revoke-others"
          form={form}
          open={t('account.sessions.others')}
          question={t('account.sessions.others.question')}
          submit={t('account.sessions.others.submit')}
        />
      )}
    </section>
  )
}
