import { beginStaffTotpEnrolment, finishStaffTotpEnrolment } from '@dhow/contracts/staff-auth.ts'
import type { ResponseOf } from '@dhow/contracts/endpoint.ts'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { call } from '../app/api.ts'
import { canUsePasskeys } from '../app/passkeys.ts'
import { RecoveryCodesPanel } from '../app/RecoveryCodesPanel.tsx'
import { keepCsrfToken } from '../app/session.ts'
import { TotpSetUp } from '../app/TotpSetUp.tsx'
import { useWords } from '../app/words.tsx'
import { FactorChoice } from '../features/sign-in/FactorChoice.tsx'
import { PasskeyEnrolment } from '../features/sign-in/PasskeyEnrolment.tsx'
import { SignInFrame } from '../features/sign-in/SignInFrame.tsx'
import { paths } from '../paths.ts'
import { Button } from '../ui/Button.tsx'

type Enrolled = ResponseOf<typeof finishStaffTotpEnrolment>

type Step =
  | { kind: 'choose' }
  | { kind: 'totp'; enrolment: ResponseOf<typeof beginStaffTotpEnrolment> }
  | { kind: 'passkey' }
  | { kind: 'codes'; codes: readonly string[] }

/** A second factor, before anything else works: an app's codes or a passkey, and the recovery codes for the day it is lost. */
export function Page() {
  const { t } = useWords()
  const navigate = useNavigate()
  const [step, setStep] = useState<Step>({ kind: 'choose' })
  const takeEnrolled = ({ signedIn, recoveryCodes }: Enrolled): void => {
    keepCsrfToken(signedIn.csrfToken)
    setStep({ kind: 'codes', codes: recoveryCodes })
  }
  if (step.kind === 'codes')
    return (
      <SignInFrame title={t('admin.recovery.title')} lead={t('admin.recovery.lead')} isWide>
        <RecoveryCodesPanel codes={step.codes} onKept={() => void navigate(paths.home(), { replace: true })} />
      </SignInFrame>
    )
  return (
    <SignInFrame title={t('admin.enrol.title')} lead={t('admin.enrol.lead')} isWide>
      {step.kind === 'choose' && (
        <FactorChoice
          canUsePasskeys={canUsePasskeys()}
          beginTotp={async () => setStep({ kind: 'totp', enrolment: await call(beginStaffTotpEnrolment, {}) })}
          onPasskey={() => setStep({ kind: 'passkey' })}
        />
      )}
      {step.kind === 'totp' && (
        <TotpSetUp
          enrolment={step.enrolment}
          confirm={(body) => call(finishStaffTotpEnrolment, { body })}
          onDone={takeEnrolled}
        />
      )}
      {step.kind === 'passkey' && <PasskeyEnrolment onDone={takeEnrolled} />}
      {step.kind !== 'choose' && (
        <Button kind="plain" onPress={() => setStep({ kind: 'choose' })}>
          {t('admin.enrol.otherWay')}
        </Button>
      )}
    </SignInFrame>
  )
}
