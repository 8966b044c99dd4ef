import type { DeclineReason } from '@dhow/contracts/orders.ts'
import type { ProblemCode } from '@dhow/contracts/problems.ts'
import { useRef, useState } from 'react'
import type { FormState } from '../../framework/form.ts'
import { SubmitFailed, submitForm } from '../../framework/submit.ts'
import type { HeldOrderFacts } from '../../ui/HeldOrder.tsx'
import { troubleOf } from './decline-reason.ts'
import { isUnanswered } from './pay-answer.ts'
import type { PayAnswer } from './pay-answer.ts'
import type { PaymentSession } from './usePaymentElement.ts'

export type PayTrouble =
  | { kind: 'declined'; reason: DeclineReason }
  | { kind: 'refused'; code: ProblemCode }
  /** Our server gave no answer; pressing again is safe. */
  | { kind: 'no-answer' }

interface PayOptions {
  session: () => PaymentSession | undefined
  /** The order is there, and waits: its card was declined. */
  onPlaced: (held: HeldOrderFacts) => void
  /** True when the page has said what changed. */
  onRefused: (refused: FormState) => boolean
}

/**
 * One press of the pay button: the card fields are checked, our server places the order (or finds it), the provider confirms
 * the card. Ends on the return page, which asks for the truth, or here with the reason and everything kept.
 */
export function usePay({ session, onPlaced, onRefused }: PayOptions) {
  const isPaying = useRef(false)
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<PayTrouble | null>(null)

  /** True when the page is about to be left, so that the button stays busy. */
  async function confirm({ stripe, elements }: PaymentSession, answer: PayAnswer): Promise<boolean> {
    const confirmParams = { return_url: new URL(answer.returnPath, location.origin).href }
    const { clientSecret, returnPath } = answer
    const result = await stripe.confirmPayment({ elements, clientSecret, confirmParams, redirect: 'if_required' })
    const problem = result.error && troubleOf(result.error)
    if (problem?.kind === 'incomplete') return false
    if (problem?.kind === 'declined') {
      onPlaced(answer.held)
      setTrouble(problem)
      return false
    }
    location.assign(returnPath)
    return true
  }

  async function send(form: HTMLFormElement, open: PaymentSession): Promise<boolean> {
    const { error } = await open.elements.submit()
    if (error) return false
    const answer = await submitForm<PayAnswer>(form)
    if (answer.kind === 'done') return confirm(open, answer.data)
    if (answer.kind === 'redirect') {
      location.assign(answer.to)
      return true
    }
    const { problem } = answer.form
    if (isUnanswered(answer.form)) setTrouble({ kind: 'no-answer' })
    else if (!onRefused(answer.form)) setTrouble({ kind: 'refused', code: problem?.code ?? 'request/invalid' })
    return false
  }

  async function pay(form: HTMLFormElement): Promise<void> {
    const open = session()
    if (!open || isPaying.current) return
    isPaying.current = true
    setBusy(true)
    setTrouble(null)
    try {
      const isLeaving = await send(form, open)
      if (isLeaving) return
    } catch (error) {
      // The provider's script throws when it is used wrongly or cut off; either way nothing more is known than "no answer".
      if (!(error instanceof SubmitFailed)) console.error(error)
      setTrouble({ kind: 'no-answer' })
    }
    isPaying.current = false
    setBusy(false)
  }

  return { isBusy, trouble, pay }
}
