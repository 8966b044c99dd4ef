import type { StoredPayment, TabbyPayment } from './objects.ts'
import { expire, withTime } from './payments.ts'
import { abandon, approve, reject, type Returned } from './shopper.ts'
import type { TabbyContext } from './state.ts'

/** What a test or the control page may do at Tabby. Payments are named by their own id, as in webhooks. */
export type TabbyControl = {
  /** Newest first. */
  state: () => TabbyPayment[]
  find: (paymentId: string) => TabbyPayment | undefined
  /** The page the shop sends the shopper to; undefined for a payment that is unknown. */
  pageOf: (paymentId: string) => string | undefined
  /** The shopper agrees, is refused, or leaves: where the browser goes; undefined when the payment is no longer open. */
  approve: (paymentId: string) => Returned | undefined
  reject: (paymentId: string) => Returned | undefined
  abandon: (paymentId: string) => Returned | undefined
  /** Gives an unpaid payment up now, without moving the clock; false when there is nothing to give up. */
  expireNow: (paymentId: string) => boolean
  /** The buyer disputes the payment, or the dispute is over. */
  setDisputed: (paymentId: string, isDisputed: boolean) => boolean
  /** Whether expiries are told by webhook; Tabby does so only on request. */
  announceExpiry: (does: boolean) => void
}

export function createTabbyControl(ctx: TabbyContext): TabbyControl {
  const { state } = ctx
  const stored = (id: string): StoredPayment | undefined => {
    const found = state.payments.get(id)
    return found && withTime(ctx, found)
  }
  const atSession =
    (act: typeof approve) =>
    (paymentId: string): Returned | undefined => {
      const sessionId = stored(paymentId)?.sessionId
      return sessionId === undefined ? undefined : act(ctx, sessionId)
    }
  return {
    state: () => state.payments.newestFirst().map((payment) => withTime(ctx, payment).payment),
    find: (paymentId) => stored(paymentId)?.payment,
    pageOf(paymentId) {
      const sessionId = stored(paymentId)?.sessionId
      return sessionId === undefined ? undefined : `${ctx.publicUrl()}/tabby/checkout/${sessionId}`
    },
    approve: atSession(approve),
    reject: atSession(reject),
    abandon: atSession(abandon),
    expireNow(paymentId) {
      const found = stored(paymentId)
      if (found?.payment.status !== 'CREATED') return false
      expire(ctx, found)
      return true
    },
    setDisputed(paymentId, isDisputed) {
      const found = stored(paymentId)
      if (found) found.isDisputed = isDisputed
      return found !== undefined
    },
    announceExpiry(does) {
      state.settings.announcesExpiry = does
    },
  }
}
