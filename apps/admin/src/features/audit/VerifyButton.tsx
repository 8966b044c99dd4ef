import { verifyAudit } from '@dhow/contracts/audit.ts'
import type { AuditVerification } from '@dhow/contracts/audit.ts'
import { useState } from 'react'
import { call } from '../../app/api.ts'
import { useWords } from '../../app/words.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Instant } from '../../ui/Instant.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useAction } from '../../ui/useAction.ts'

function Verdict({ verification }: { verification: AuditVerification }) {
  const { t } = useWords()
  const { isIntact, checked, firstBadSeq, reason, lastSignedAt } = verification
  return (
    <>
      {isIntact ? (
        <Notice kind="good" title={t('admin.audit.intact')} isUrgent>
          <p>{t('admin.audit.checked', { count: checked })}</p>
        </Notice>
      ) : (
        <Notice kind="bad" title={t('admin.audit.broken')} isUrgent>
          <p>{t('admin.audit.brokenAt', { seq: String(firstBadSeq ?? '?') })}</p>
          {reason && (
            <p>
              <bdi>{reason}</bdi>
            </p>
          )}
        </Notice>
      )}
      {lastSignedAt && <p>{t.rich('admin.audit.signed', { at: <Instant key="at" at={lastSignedAt} /> })}</p>}
    </>
  )
}

/** Recomputes the chain of hashes and says what came out. */
export function VerifyButton() {
  const { t } = useWords()
  const [verification, setVerification] = useState<AuditVerification>()
  const verify = useAction(async () => setVerification(await call(verifyAudit, {})))
  return (
    <>
      <Button icon="chain" isBusy={verify.isBusy} onPress={() => verify.run()}>
        {t('admin.audit.verify')}
      </Button>
      <Dialog
        isOpen={verification !== undefined}
        onClose={() => setVerification(undefined)}
        title={t('admin.audit.verifyTitle')}
      >
        {verification && <Verdict verification={verification} />}
      </Dialog>
    </>
  )
}
