import type { AppContext } from '../../context.ts'
import { raiseAuthoriseAlarms, raiseCaptureAlarms } from './poll.sql.ts'

/** Calls a person before money lapses: held money that is not taken, and agreed money nobody has said yes to. */
export async function raisePaymentAlarms(ctx: AppContext): Promise<void> {
  const now = ctx.clock.now()
  for (const { id: paymentId, orderId, provider, alarmLevel: level, captureBefore } of await raiseCaptureAlarms(
    ctx.db,
    now,
  )) {
    ctx.metrics.capturesDue.inc({ provider, level: String(level) })
    ctx.log.error(
      { paymentId, orderId, provider, level, captureBefore, alert: 'payment-capture-due' },
      'held money lapses if it is not taken',
    )
  }
  for (const { id: paymentId, orderId } of await raiseAuthoriseAlarms(ctx.db, now))
    ctx.log.error(
      { paymentId, orderId, alert: 'payment-authorise-late' },
      'a payment the shopper agreed to a day ago is not authorised: it expires after three',
    )
}
