import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import type { JobHandlers } from '../../platform/jobs/handlers.ts'
import { accountMessageTask } from '../identity/identity.ts'
import { confirmOrderByEmail, orderConfirmedTask } from './confirm-order-by-email.ts'
import { deliveryCodeTask, sendDeliveryCode } from './send-delivery-code.ts'
import { sendAccountMessage } from './send-account-message.ts'
import { orderCancelledTask, orderRefundedTask, tellOfCancel, tellOfRefund } from './send-order-news.ts'

const OfOrder = z.strictObject({ orderId: z.uuid() })
const OfRefund = z.strictObject({ orderId: z.uuid(), refundId: z.uuid() })
const AccountMessage = z.strictObject({ messageId: z.uuid() })

async function sendOrderConfirmation(ctx: AppContext, payload: unknown): Promise<void> {
  await confirmOrderByEmail(ctx, OfOrder.parse(payload).orderId)
}

async function textDeliveryCode(ctx: AppContext, payload: unknown): Promise<void> {
  await sendDeliveryCode(ctx, OfOrder.parse(payload).orderId)
}

async function tellAccount(ctx: AppContext, payload: unknown): Promise<void> {
  await sendAccountMessage(ctx, AccountMessage.parse(payload).messageId)
}

export const notificationJobs: JobHandlers = {
  [orderConfirmedTask]: sendOrderConfirmation,
  [deliveryCodeTask]: textDeliveryCode,
  [orderRefundedTask]: (ctx, payload) => tellOfRefund(ctx, OfRefund.parse(payload)),
  [orderCancelledTask]: (ctx, payload) => tellOfCancel(ctx, OfOrder.parse(payload).orderId),
  [accountMessageTask]: tellAccount,
}
