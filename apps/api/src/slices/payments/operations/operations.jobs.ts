import { z } from 'zod'
import type { AppContext } from '../../../context.ts'
import type { JobHandlers } from '../../../platform/jobs/handlers.ts'
import { settleDispute } from './apply-dispute.ts'
import { finishOperations } from './finish-operations.ts'
import { captureTask, refundTask } from './operation-tasks.ts'
import { performCapture } from './perform-capture.ts'
import { performRefund } from './perform-refund.ts'

const Capture = z.strictObject({ captureId: z.uuid() })
const Refund = z.strictObject({ refundId: z.uuid() })

export const operationJobs: JobHandlers = {
  [captureTask]: (ctx: AppContext, payload) => performCapture(ctx, Capture.parse(payload).captureId),
  [refundTask]: (ctx: AppContext, payload) => performRefund(ctx, Refund.parse(payload).refundId),
  'payments.dispute': settleDispute,
  'payments.finish-operations': finishOperations,
}
