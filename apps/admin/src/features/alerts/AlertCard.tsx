import { resolveSecurityAlert } from '@dhow/contracts/audit.ts'
import type { SecurityAlert } from '@dhow/contracts/audit.ts'
import { useState } from 'react'
import { call } from '../../app/api.ts'
import { useMay } from '../../app/session.ts'
import { useWords } from '../../app/words.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Instant } from '../../ui/Instant.tsx'
import styles from './alert-card.module.css'
import { ruleWords } from './rules.ts'

function Evidence({ alert }: { alert: SecurityAlert }) {
  const { t } = useWords()
  return (
    <details className={styles['evidence']}>
      <summary>{t('admin.alerts.evidence')}</summary>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre className={styles['json']} dir="ltr" tabIndex={0}>
        {JSON.stringify(alert.evidence, null, 2)}
      </pre>
    </details>
  )
}

/** What a threat rule saw, what was done by itself, and the answer of a person. */
export function AlertCard({ alert }: { alert: SecurityAlert }) {
  const { t, format } = useWords()
  const may = useMay()
  const [isResolving, setResolving] = useState(false)
  const isOpen = alert.state === 'open'
  return (
    <article className={styles['card']} aria-label={ruleWords(t, alert.rule)}>
      <div className={styles['head']}>
        <h2 className={styles['title']}>{ruleWords(t, alert.rule)}</h2>
        <span className={styles['badges']}>
          <Badge tone={alert.severity === 'page' ? 'bad' : 'warn'}>
            {t(`admin.alerts.severity.${alert.severity}`)}
          </Badge>
          {!isOpen && <Badge tone="good">{t('admin.alerts.resolved')}</Badge>}
        </span>
      </div>
      <p className={styles['facts']}>
        <bdi className={styles['code']}>{alert.rule}</bdi>
        <bdi>{alert.subject}</bdi>
        <span>{t('admin.alerts.times', { count: alert.count, shown: format.number(alert.count) })}</span>
        <span>
          {t('admin.alerts.lastSeen')} <Instant at={alert.lastSeenAt} />
        </span>
        <span>
          {t('admin.alerts.firstSeen')} <Instant at={alert.firstSeenAt} />
        </span>
      </p>
      {alert.actions.length > 0 && (
        <p>
          {t('admin.alerts.done')} <bdi>{alert.actions.join(', ')}</bdi>
        </p>
      )}
      <Evidence alert={alert} />
      {alert.resolution && alert.resolvedAt && (
        <p className={styles['resolution']}>
          <bdi>{alert.resolution}</bdi> · <Instant at={alert.resolvedAt} />
        </p>
      )}
      {isOpen && may('security.write') && (
        <div className={styles['actions']}>
          <Button onPress={() => setResolving(true)} icon="check">
            {t('admin.alerts.resolve')}
          </Button>
          <ConfirmDialog
            isOpen={isResolving}
            onClose={() => setResolving(false)}
            title={t('admin.alerts.resolveTitle', { rule: ruleWords(t, alert.rule) })}
            lead={t('admin.alerts.resolveLead')}
            action={t('admin.alerts.resolve')}
            done={t('admin.alerts.resolvedDone')}
            reasonSchema={resolveSecurityAlert.body}
            reasonName="resolution"
            reasonLabel={t('admin.alerts.resolution')}
            send={({ reason }) =>
              call(resolveSecurityAlert, { params: { alertId: alert.id }, body: { resolution: reason } })
            }
          />
        </div>
      )}
    </article>
  )
}
