import { toDecimal } from '@dhow/money/money.ts'
import type {
  BegunPayment,
  CancelledBy,
  CancelOutcome,
  CaptureRequest,
  MoneyOutcome,
  PaymentProvider,
  RefundRequest,
} from '../port.ts'
import { isMissing, isRefusal } from './client.ts'
import type { CallTabby, TabbyError } from './client.ts'
import { truthFrom } from './map.ts'
import { TabbyPayment } from './wire.ts'

type Ref = Pick<BegunPayment, 'providerRef'>

const sumOf = (moves: TabbyPayment['captures']): number => moves.reduce((sum, { amount }) => sum + amount, 0)

/** What was asked for, if it is there: our id is the reference Tabby keeps with it. */
function outcomeOf(payment: TabbyPayment, moves: TabbyPayment['captures'], ourId: string): MoneyOutcome | undefined {
  const made = moves.find((move) => move.reference_id === ourId)
  return made && { kind: 'done', providerRef: made.id, truth: truthFrom(payment) }
}

/** Why nothing was taken, told by how the payment stands: texts of errors change, and are for people. */
function captureRefusal(payment: TabbyPayment, amount: number): string {
  if (payment.status !== 'AUTHORIZED') return 'not-authorised'
  return sumOf(payment.captures) + amount > payment.amount ? 'above-authorised' : 'refused-by-provider'
}

function refundRefusal(error: TabbyError, payment: TabbyPayment, amount: number): string {
  if (error.status === 409) return 'disputed'
  if (payment.status !== 'CLOSED' || payment.captures.length === 0) return 'not-captured'
  return sumOf(payment.refunds) + amount > sumOf(payment.captures) ? 'above-captured' : 'refused-by-provider'
}

/** Taking, letting go and giving back. Every answer is the whole payment, and nothing else is believed. */
export function createTabbyMoney(
  call: CallTabby,
  read: (payment: Ref) => Promise<TabbyPayment>,
): Pick<PaymentProvider, 'capture' | 'cancel' | 'refund'> {
  const act = ({ providerRef }: Ref, operation: string, body?: object): Promise<TabbyPayment> => {
    const path = `/api/v2/payments/${encodeURIComponent(providerRef)}/${operation}`
    return call({ operation, method: 'POST', path, schema: TabbyPayment, body })
  }

  /** Lets go of what is held. Whoever else closed it in between did what we wanted. */
  async function close(payment: Ref): Promise<TabbyPayment> {
    try {
      return await act(payment, 'close')
    } catch (error) {
      const now = await read(payment)
      if (!isRefusal(error) || now.status !== 'CLOSED') throw error
      return now
    }
  }

  /** Makes a move of money, and when Tabby refuses it looks whether an earlier try had made it. */
  async function move(
    payment: Ref,
    make: () => Promise<TabbyPayment>,
    judge: (now: TabbyPayment, refusal: TabbyError | undefined) => Promise<MoneyOutcome> | MoneyOutcome,
  ): Promise<MoneyOutcome> {
    try {
      return await judge(await make(), undefined)
    } catch (error) {
      if (!isRefusal(error)) return { kind: 'unknown', cause: error }
      if (isMissing(error)) return { kind: 'refused', reason: 'missing-at-provider' }
      try {
        return await judge(await read(payment), error)
      } catch (cause) {
        return { kind: 'unknown', cause }
      }
    }
  }

  const notThere = (): MoneyOutcome => ({ kind: 'unknown', cause: new Error('accepted, but not among the answers') })

  function capture(payment: BegunPayment, { captureId, amount, isFinal }: CaptureRequest): Promise<MoneyOutcome> {
    const make = () => act(payment, 'captures', { amount: toDecimal(amount), reference_id: captureId })
    return move(payment, make, async (now, refusal) => {
      const isTaken = outcomeOf(now, now.captures, captureId) !== undefined
      if (!isTaken) return refusal ? { kind: 'refused', reason: captureRefusal(now, amount.amount) } : notThere()
      const after = isFinal && now.status === 'AUTHORIZED' ? await close(payment) : now
      return outcomeOf(after, after.captures, captureId) ?? notThere()
    })
  }

  function refund(payment: BegunPayment, { refundId, amount, reason }: RefundRequest): Promise<MoneyOutcome> {
    const body = { amount: toDecimal(amount), reference_id: refundId, reason: reason.slice(0, 255) }
    return move(
      payment,
      () => act(payment, 'refunds', body),
      (now, refusal) =>
        outcomeOf(now, now.refunds, refundId) ??
        (refusal ? { kind: 'refused', reason: refundRefusal(refusal, now, amount.amount) } : notThere()),
    )
  }

  /**
   * An unpaid payment cannot be stopped: it expires by itself. One that is held is closed, which with nothing captured cancels the
   * purchase for the buyer, who would go on paying it otherwise, and with something captured lets go of the rest.
   */
  async function cancel(payment: BegunPayment, by: CancelledBy): Promise<CancelOutcome> {
    try {
      const before = await read(payment)
      const now = before.status === 'AUTHORIZED' ? await close(payment) : before
      const truth = truthFrom(now)
      if (now.status === 'CREATED') return { kind: 'not-stoppable', truth }
      if (now.captures.length > 0) return { kind: 'too-late', truth }
      // Refused and expired payments are as over as closed ones: nobody can pay them any more.
      return { kind: 'cancelled', truth: { ...truth, state: 'cancelled', cancelledBy: by } }
    } catch (error) {
      return isMissing(error) ? { kind: 'missing' } : { kind: 'unknown', cause: error }
    }
  }

  return { capture, cancel, refund }
}
