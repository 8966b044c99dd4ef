import { useEffect, useState } from 'react'
import type { FormState } from '../framework/form.ts'
import { useShop } from '../framework/shop.tsx'
import { useForm } from '../framework/useForm.ts'
import { useHasScript } from '../framework/useHasScript.ts'
import { proofField, useProof } from '../framework/useProof.ts'
import { SubmitButton } from './Button.tsx'
import styles from './resend.module.css'
import { TryProblem } from './TryProblem.tsx'

/** Counts down by the clock, not by its own ticks: they stop while a phone is locked. */
function useCountdown(seconds: number): number {
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const until = performance.now() + seconds * 1000
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((until - performance.now()) / 1000))
      setLeft(now)
      if (now === 0) clearInterval(timer)
    }, 500)
    return () => clearInterval(timer)
  }, [seconds])
  return left
}

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** Asks for another code once that is permitted. Without script the button is there at once, and the server says when it is too early. */
export function Resend({ seconds, form }: { seconds: number; form: FormState | null }) {
  const { t } = useShop()
  const control = useForm({ initial: form, intent: 'resend' })
  const isSolving = useProof(control)
  const hasScript = useHasScript()
  const left = useCountdown(seconds)
  return (
    <form className={styles['form']} method="post" ref={control.ref} onSubmit={control.onSubmit}>
      <input type="hidden" name="intent" value="resend" />
      <input type="hidden" name={proofField} defaultValue="" />
      {!isSolving && <TryProblem form={control.state} hasFailed={control.hasFailed} />}
      <div className={styles['resend']}>
        {hasScript && left > 0 ? (
          <p className={styles['wait']}>
            {t('signIn.code.wait')} <bdi dir="ltr">{clock(left)}</bdi>
          </p>
        ) : (
          <SubmitButton
            isQuiet
            isBusy={control.isBusy || isSolving}
            busyLabel={t(isSolving ? 'signIn.proof.busy' : 'signIn.busy')}
          >
            {t('signIn.code.resend')}
          </SubmitButton>
        )}
      </div>
    </form>
  )
}
