import type { AnySession } from '@dhow/contracts/staff.ts'
import type { SessionView } from '@dhow/contracts/account-security.ts'
import { useState } from 'react'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Instant } from '../ui/Instant.tsx'
import styles from './session-list.module.css'
import { useWords } from './words.tsx'

type Listed = Omit<SessionView, 'isCurrent'> & { isCurrent?: boolean; account?: AnySession['account'] }

const knownMethods = ['pwd', 'otp', 'hwk', 'swk', 'sms', 'mail', 'recovery'] as const

/** How somebody proved who they are (RFC 8176 names), in words where we have them. */
function useMethods() {
  const { t } = useWords()
  return (amr: readonly string[]): string[] =>
    amr.flatMap((method) => {
      const known = knownMethods.find((name) => name === method)
      return known ? [t(`admin.sessions.amr.${known}`)] : []
    })
}

const placeOf = ({ city, country }: Listed): string => [city, country].filter(Boolean).join(', ')

function Session({ session, onEnd }: { session: Listed; onEnd: (() => void) | undefined }) {
  const { t } = useWords()
  const methods = useMethods()
  const isPhone = /iPhone|iPad|Android|iOS/i.test(session.client)
  const device = session.client || t('admin.sessions.unknown')
  const facts = [placeOf(session), ...methods(session.amr)].filter(Boolean)
  return (
    <li className={styles['session']}>
      <span className={styles['device']}>
        <Icon name={isPhone ? 'phone' : 'sessions'} />
      </span>
      <div className={styles['words']}>
        <p className={styles['name']}>
          {session.account && (
            <>
              <bdi>{session.account.label}</bdi>
              <span aria-hidden="true">·</span>
            </>
          )}
          <bdi>{device}</bdi>
          {session.isCurrent && <Badge tone="calm">{t('admin.sessions.current')}</Badge>}
        </p>
        {facts.length > 0 && (
          <p className={styles['facts']}>
            {facts.map((fact) => (
              <bdi key={fact}>{fact}</bdi>
            ))}
          </p>
        )}
        <p className={styles['facts']}>
          <span>
            {t('admin.sessions.lastSeen')} <Instant at={session.lastSeenAt} />
          </span>
          <span>
            {t('admin.sessions.since')} <Instant at={session.createdAt} />
          </span>
        </p>
      </div>
      {onEnd && !session.isCurrent && (
        <Button isSmall onPress={onEnd} label={t('admin.sessions.endOf', { client: device })}>
          {t('admin.sessions.end')}
        </Button>
      )}
    </li>
  )
}

interface SessionListProps {
  sessions: readonly Listed[]
  /** Left out for those who may look only. */
  end?: (sessionId: string) => Promise<unknown>
}

/** Where somebody is signed in, with a way to end it that asks first and names the device. */
export function SessionList({ sessions, end }: SessionListProps) {
  const { t } = useWords()
  const [ending, setEnding] = useState<Listed>()
  const client = ending?.client || t('admin.sessions.unknown')
  return (
    <>
      <ul className={styles['list']}>
        {sessions.map((session) => (
          <Session key={session.id} session={session} onEnd={end && (() => setEnding(session))} />
        ))}
      </ul>
      <ConfirmDialog
        isOpen={ending !== undefined}
        onClose={() => setEnding(undefined)}
        title={
          ending?.account
            ? t('admin.sessions.confirmOf', { client, name: ending.account.label })
            : t('admin.sessions.confirm', { client })
        }
        lead={t('admin.sessions.confirmLead')}
        action={t('admin.sessions.end')}
        done={t('admin.sessions.ended')}
        isDangerous
        send={async () => ending && end?.(ending.id)}
      />
    </>
  )
}
