import type { DeclineReason } from '@dhow/contracts/orders.ts'
import type { ProblemCode } from '@dhow/contracts/problems.ts'
import { useRef, useState } from 'react'
import { SubmitFailed, submitForm } from '../../framework/submit.ts'
import { troubleOf } from './decline-reason.ts'
import type { PaymentSession } from './usePaymentElement.ts'

export type KeepTrouble =
  | { kind: 'declined'; reason: DeclineReason }
  | { kind: 'refused'; code: ProblemCode }
  /** It may have been kept: the list tells. */
  | { kind: 'no-answer' }

/** What the page's action answers its script with. */
export interface KeepAnswer {
  clientSecret: string
  /** Where a bank that asks on a page of its own sends the customer back to. */
  returnPath: string
  /** The list, saying that the card is kept. */
  keptPath: string
}

/** Null when the fields say themselves what they miss. The button stays busy while the page is left. */
type Ending = KeepTrouble | 'leaving' | null

function leaveFor(path: string): 'leaving' {
  location.assign(path)
  return 'leaving'
}

/**
 * One press of the button: the fields are checked, our server begins keeping a card, the provider asks its bank (and the bank,
 * where it wants to, the customer). Ends on the list, or here with the reason.
 */
export function useKeepCard(session: () => PaymentSession | undefined) {
  const isKeeping = useRef(false)
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<KeepTrouble | null>(null)

  async function confirm({ stripe, elements }: PaymentSession, answer: KeepAnswer): Promise<Ending> {
    const return_url = new URL(answer.returnPath, location.origin).href
    const confirmParams = { return_url, payment_method_data: { allow_redisplay: 'always' } } as const
    const { clientSecret } = answer
    const { error } = await stripe.confirmSetup({ elements, clientSecret, confirmParams, redirect: 'if_required' })
    if (!error) return leaveFor(answer.keptPath)
    const problem = troubleOf(error)
    if (problem.kind === 'incomplete') return null
    return problem.kind === 'declined' ? problem : { kind: 'no-answer' }
  }

  async function send(form: HTMLFormElement, open: PaymentSession): Promise<Ending> {
    const { error } = await open.elements.submit()
    if (error) return null
    const answer = await submitForm<KeepAnswer>(form)
    if (answer.kind === 'done') return confirm(open, answer.data)
    if (answer.kind === 'redirect') return leaveFor(answer.to)
    return { kind: 'refused', code: answer.form.problem?.code ?? 'request/invalid' }
  }

  async function keep(form: HTMLFormElement): Promise<void> {
    const open = session()
    if (!open || isKeeping.current) return
    isKeeping.current = true
    setBusy(true)
    setTrouble(null)
    try {
      const ending = await send(form, open)
      if (ending === 'leaving') return
      setTrouble(ending)
    } catch (error) {
      // The provider's script throws when it is used wrongly or cut off; either way nothing more is known than "no answer".
      if (!(error instanceof SubmitFailed)) console.error(error)
      setTrouble({ kind: 'no-answer' })
    }
    isKeeping.current = false
    setBusy(false)
  }

  return { isBusy, trouble, keep }
}
