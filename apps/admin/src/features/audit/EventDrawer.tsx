import type { AuditEvent } from '@dhow/contracts/audit.ts'
import { useSearchParams } from 'react-router'
import { useWords } from '../../app/words.tsx'
import { Facts } from '../../ui/Card.tsx'
import { Drawer } from '../../ui/Dialog.tsx'
import { Instant } from '../../ui/Instant.tsx'
import { actorWords } from './actor.ts'
import styles from './audit.module.css'
import { ResultBadge } from './ResultBadge.tsx'

function EventFacts({ event }: { event: AuditEvent }) {
  const { t } = useWords()
  const code = (text: string | null) => (text ? <bdi className={styles['code']}>{text}</bdi> : '–')
  return (
    <>
      <Facts
        items={[
          { name: t('admin.audit.columns.at'), value: <Instant at={event.at} /> },
          { name: t('admin.audit.columns.result'), value: <ResultBadge result={event.result} /> },
          { name: t('admin.audit.columns.actor'), value: <bdi>{actorWords(t, event.actor)}</bdi> },
          { name: t('admin.audit.actorId'), value: code(event.actor.id) },
          { name: t('admin.audit.columns.network'), value: code(event.network) },
          {
            name: t('admin.audit.columns.object'),
            value: code(event.object && [event.object.type, event.object.id].filter(Boolean).join(' ')),
          },
          { name: t('admin.fields.reason'), value: event.reason ? <bdi>{event.reason}</bdi> : '–' },
          { name: t('admin.audit.request'), value: code(event.requestId) },
          { name: t('admin.audit.number'), value: code(String(event.seq)) },
          { name: t('admin.audit.hash'), value: code(event.hash) },
        ]}
      />
      <h3>{t('admin.audit.details')}</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre className={styles['json']} dir="ltr" tabIndex={0} aria-label={t('admin.audit.details')}>
        {JSON.stringify(event.details, null, 2)}
      </pre>
    </>
  )
}

/** One event, as it was written: nothing of it can be changed. */
export function EventDrawer({ events }: { events: readonly AuditEvent[] }) {
  const [search, setSearch] = useSearchParams()
  const event = events.find(({ seq }) => String(seq) === search.get('event'))
  const close = () =>
    setSearch(
      (before) => {
        before.delete('event')
        return before
      },
      { preventScrollReset: true },
    )
  return (
    <Drawer isOpen={event !== undefined} onClose={close} title={event?.action ?? ''}>
      {event && <EventFacts event={event} />}
    </Drawer>
  )
}
