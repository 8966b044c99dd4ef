import type { Job } from '../../../platform/jobs/enqueue.ts'

/** Jobs that finish what was asked of a provider. Each is keyed by what it finishes, so that there is one however often it is asked for. */
export const captureTask = 'payments.capture'
export const refundTask = 'payments.refund'
export const releaseTask = 'payments.release'

/** Takes held money: `captures` row `captureId`, state `requested`. */
export const captureJob = (captureId: string, runAt?: Date): Job => ({
  task: captureTask,
  payload: { captureId },
  key: `${captureTask}:${captureId}`,
  ...(runAt && { runAt }),
})

/** Gives money back: `refunds` row `refundId`, state `requested`. */
export const refundJob = (refundId: string, runAt?: Date): Job => ({
  task: refundTask,
  payload: { refundId },
  key: `${refundTask}:${refundId}`,
  ...(runAt && { runAt }),
})

/** Lets go of what is held and not taken of a payment nobody needs any more: superseded, or of an order that was called off. */
export const releaseJob = (paymentId: string, runAt?: Date): Job => ({
  task: releaseTask,
  payload: { paymentId },
  key: `${releaseTask}:${paymentId}`,
  ...(runAt && { runAt }),
})
