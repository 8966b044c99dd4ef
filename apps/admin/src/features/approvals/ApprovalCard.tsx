import { approve, reject, withdraw } from '@dhow/contracts/staff.ts'
import type { ApprovalView } from '@dhow/contracts/staff.ts'
import { useState } from 'react'
import { call } from '../../app/api.ts'
import { useMay } from '../../app/session.ts'
import { useWords } from '../../app/words.tsx'
import { Badge } from '../../ui/Badge.tsx'
import type { Tone } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Instant } from '../../ui/Instant.tsx'
import styles from './approval-card.module.css'
import { Countdown } from './Countdown.tsx'
import { useSubject } from './subject.ts'

const tones: Record<ApprovalView['state'], Tone> = {
  pending: 'warn',
  approved: 'good',
  rejected: 'bad',
  withdrawn: 'plain',
  expired: 'plain',
}

type Asking = 'approve' | 'reject' | 'withdraw' | undefined

function Decisions({ approval, title }: { approval: ApprovalView; title: string }) {
  const { t } = useWords()
  const may = useMay()
  const [asking, setAsking] = useState<Asking>()
  const close = () => setAsking(undefined)
  const params = { approvalId: approval.id }
  const shared = { onClose: close, lead: title }
  if (approval.isOwn)
    return (
      <div className={styles['actions']}>
        <p className={styles['note']}>{t('admin.approvals.own')}</p>
        <Button onPress={() => setAsking('withdraw')}>{t('admin.approvals.withdraw')}</Button>
        <ConfirmDialog
          {...shared}
          isOpen={asking === 'withdraw'}
          title={t('admin.approvals.withdrawTitle')}
          action={t('admin.approvals.withdraw')}
          done={t('admin.approvals.withdrawn')}
          send={() => call(withdraw, { params })}
        />
      </div>
    )
  if (!may('approvals.decide')) return null
  return (
    <div className={styles['actions']}>
      <Button kind="danger" onPress={() => setAsking('reject')}>
        {t('admin.approvals.reject')}
      </Button>
      <Button kind="main" icon="check" onPress={() => setAsking('approve')}>
        {t('admin.approvals.approve')}
      </Button>
      <ConfirmDialog
        {...shared}
        isOpen={asking === 'approve'}
        title={t('admin.approvals.approveTitle')}
        action={t('admin.approvals.approve')}
        done={t('admin.approvals.approved')}
        send={() => call(approve, { params })}
      />
      <ConfirmDialog
        {...shared}
        isOpen={asking === 'reject'}
        title={t('admin.approvals.rejectTitle')}
        action={t('admin.approvals.reject')}
        done={t('admin.approvals.rejected')}
        isDangerous
        send={() => call(reject, { params })}
      />
    </div>
  )
}

/** What somebody wants to do and why, how long it may wait, and the two answers. */
export function ApprovalCard({ approval }: { approval: ApprovalView }) {
  const { t } = useWords()
  const { title, facts } = useSubject(approval)
  const isPending = approval.state === 'pending'
  return (
    <article className={styles['card']} aria-label={title}>
      <div className={styles['head']}>
        <h3 className={styles['title']}>{title}</h3>
        <Badge tone={tones[approval.state]}>
          {isPending ? <Countdown until={approval.expiresAt} /> : t(`admin.approvals.state.${approval.state}`)}
        </Badge>
      </div>
      {facts.map((fact) => (
        <p key={fact}>{fact}</p>
      ))}
      <blockquote className={styles['reason']}>{approval.reason}</blockquote>
      <p className={styles['who']}>
        {t.rich('admin.approvals.askedBy', {
          name: <bdi key="name">{approval.requestedBy.name}</bdi>,
          at: <Instant key="at" at={approval.requestedAt} />,
        })}
      </p>
      {approval.decidedBy && approval.decidedAt && (
        <p className={styles['who']}>
          {t.rich('admin.approvals.decidedBy', {
            name: <bdi key="name">{approval.decidedBy.name}</bdi>,
            at: <Instant key="at" at={approval.decidedAt} />,
          })}
        </p>
      )}
      {isPending && <Decisions approval={approval} title={title} />}
    </article>
  )
}
