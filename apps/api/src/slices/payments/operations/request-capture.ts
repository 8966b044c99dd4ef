import type { capturePayment } from '@dhow/contracts/admin-payments.ts'
import type { BodyOf } from '@dhow/contracts/endpoint.ts'
import type { AppContext } from '../../../context.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import { recordAudit } from '../../audit/audit.ts'
import type { Acting } from '../../staff/staff.ts'
import { lockOrderAndPayment } from '../payments.sql.ts'
import type { LockedPayment } from '../payments.sql.ts'
import { hasNobodyToAsk, providerOf } from '../provider-of.ts'
import { atOnce } from './at-once.ts'
import { findCapture, insertCapture } from './captures.sql.ts'
import { captureJob } from './operation-tasks.ts'
import { performCapture } from './perform-capture.ts'
import { SAFETY_MS } from './retry-schedule.ts'

/** Whether money is held on it that an order wants. */
export const isCapturable = ({ order, payment }: LockedPayment): boolean =>
  payment.state === 'authorised' &&
  order.state === 'confirmed' &&
  payment.supersededAt === null &&
  payment.heldReason === null &&
  !hasNobodyToAsk(payment.provider)

export interface CaptureWish {
  /** Of the capture: whoever asks for the same one again gets it, and takes no second part. */
  id: string
  paymentId: string
  body: BodyOf<typeof capturePayment>
  by: Acting
}

/** A card's money is taken in one go: whatever is not, Stripe lets go (provider facts §3). */
const isLast = (provider: string, wanted: boolean | undefined, amount: number, left: number): boolean =>
  amount === left || provider === 'stripe' || (wanted ?? false)

async function write(ctx: AppContext, tx: Tx, { id, paymentId, body, by }: CaptureWish): Promise<void> {
  const locked = await lockOrderAndPayment(tx, paymentId)
  if (!locked) throw new Problem('payments/not-found')
  if (await findCapture(tx, id)) return
  if (!isCapturable(locked)) throw new Problem('payments/not-capturable')
  const { payment, order } = locked
  providerOf(ctx, payment.provider) // said now, not found out by a job
  const left = payment.authorisedAmount - payment.capturedAmount
  const amount = body.amount?.amount ?? left
  if (amount > left) throw new Problem('payments/amount-too-high', { left })
  const now = ctx.clock.now()
  const isFinal = isLast(payment.provider, body.isFinal, amount, left)
  const asked = { id, paymentId, amount, isFinal, shipment: body.shipment ?? null }
  const requestedBy = by.actor === 'system' ? null : by.actor.accountId
  const nextTryAt = new Date(now.getTime() + SAFETY_MS)
  if (!(await insertCapture(tx, { ...asked, requestedBy, now, nextTryAt })))
    throw new Problem('payments/operation-in-progress')
  await enqueue(tx, captureJob(asked.id, nextTryAt))
  await recordAudit(ctx, tx, {
    action: 'payment.capture-requested',
    result: 'ok',
    ...by,
    object: { type: 'payment', id: paymentId },
    details: { orderNumber: order.number, captureId: asked.id, amount, held: left, isFinal },
  })
}

/** Takes held money of a confirmed order. What the provider does not answer is finished by a job, with the same id. */
export async function requestCapture(ctx: AppContext, wish: CaptureWish): Promise<void> {
  await inTransaction(ctx.db, (tx) => write(ctx, tx, wish))
  await atOnce(ctx, () => performCapture(ctx, wish.id))
}
