import { beginStaffPasskeySignIn, giveStaffSecondFactor } from '@dhow/contracts/staff-auth.ts'
import type { StaffSignInResult } from '@dhow/contracts/staff-auth.ts'
import { useState } from 'react'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { call } from '../app/api.ts'
import { SecondFactor } from '../app/SecondFactor.tsx'
import { forgetSession, keepCsrfToken } from '../app/session.ts'
import { useWords } from '../app/words.tsx'
import { FirstStep } from '../features/sign-in/FirstStep.tsx'
import { SignInFrame } from '../features/sign-in/SignInFrame.tsx'
import { paths, safeNext } from '../paths.ts'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'

type Challenge = Extract<StaffSignInResult, { kind: 'second-factor' }>

/** Two steps, always: who somebody is, and what only they have. Leads back to where they were. */
export function Page() {
  const { t } = useWords()
  const navigate = useNavigate()
  const { state } = useLocation()
  const [search] = useSearchParams()
  const [challenge, setChallenge] = useState<Challenge>()
  const hasEnded = Boolean(state?.hasEnded) || search.has('next')

  function takeResult(result: StaffSignInResult): void {
    if (result.kind === 'second-factor') return setChallenge(result)
    keepCsrfToken(result.csrfToken)
    void navigate(paths.enrol(), { replace: true })
  }

  if (challenge)
    return (
      <SignInFrame title={t('admin.factor.title')} lead={t('admin.factor.lead')}>
        <SecondFactor
          methods={challenge.methods}
          beginPasskey={() => call(beginStaffPasskeySignIn, { body: { challengeId: challenge.challengeId } })}
          give={async (proof) => {
            const { csrfToken } = await call(giveStaffSecondFactor, {
              body: { challengeId: challenge.challengeId, proof },
            })
            forgetSession() // whoever was known in this tab
            keepCsrfToken(csrfToken)
          }}
          onDone={() => void navigate(safeNext(search.get('next')), { replace: true })}
          cancel={<Button onPress={() => setChallenge(undefined)}>{t('admin.factor.startOver')}</Button>}
        />
      </SignInFrame>
    )
  return (
    <SignInFrame title={t('admin.signIn.title')}>
      {hasEnded && (
        <Notice>
          <p>{t('admin.signIn.ended')}</p>
        </Notice>
      )}
      <FirstStep onResult={takeResult} />
    </SignInFrame>
  )
}
