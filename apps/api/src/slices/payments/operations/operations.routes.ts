import * as contract from '@dhow/contracts/admin-payments.ts'
import * as refunds from '@dhow/contracts/admin-refunds.ts'
import { mount } from '../../../platform/http/mount.ts'
import type { Api } from '../../../platform/http/mount.ts'
import { askProvider } from './ask-provider.ts'
import { viewDispute, viewDisputes } from './dispute-view.ts'
import { viewBalances, viewOrderLedger } from './ledger-view.ts'
import { viewPayment, viewPayments } from './payment-view.ts'
import { viewOptions, viewRefund, viewRefundList } from './refund-options.ts'
import { releaseHold } from './release-hold.ts'
import { requestCapture } from './request-capture.ts'
import { requestRefund, viewPlan } from './request-refund.ts'
import { voidPayment } from './void-payment.ts'

function mountMoney(api: Api): void {
  const { ctx } = api
  mount(api, contract.capturePayment, async ({ params: { paymentId }, body, actor, client, requestId: id }) => {
    await requestCapture(ctx, { id, paymentId, body, by: { actor, client } })
    return viewPayment(ctx, paymentId)
  })
  mount(api, contract.voidPayment, async ({ params: { paymentId }, body, actor, client, requestId }) => {
    await voidPayment(ctx, { paymentId, requestId, reason: body.reason, by: { actor, client } })
    return viewPayment(ctx, paymentId)
  })
  mount(api, contract.releaseHold, async ({ params: { paymentId }, body, actor, client, requestId }) => {
    await releaseHold(ctx, { paymentId, requestId, body, by: { actor, client } })
    return viewPayment(ctx, paymentId)
  })
  mount(api, contract.askProvider, async ({ params: { paymentId }, actor, client }) => {
    await askProvider(ctx, { paymentId, by: { actor, client } })
    return viewPayment(ctx, paymentId)
  })
}

function mountRefunds(api: Api): void {
  const { ctx } = api
  mount(api, refunds.getRefundOptions, ({ params, actor }) => viewOptions(ctx, { ...params, actor }))
  mount(api, refunds.previewRefund, ({ params, body, actor }) => viewPlan(ctx, { ...params, body, actor }))
  mount(api, refunds.createRefund, ({ params, body, actor, client, requestId }) =>
    requestRefund(ctx, { ...params, body, actor, client, requestId }),
  )
  mount(api, refunds.listRefunds, ({ query }) => viewRefundList(ctx, query))
  mount(api, refunds.getRefund, ({ params }) => viewRefund(ctx, params.refundId))
}

/** What staff see and do of payments: lists, captures, voids, refunds, holds, disputes, the ledger. */
export function mountOperations(api: Api): void {
  const { ctx } = api
  mount(api, contract.listPayments, ({ query }) => viewPayments(ctx, query))
  mount(api, contract.getPayment, ({ params }) => viewPayment(ctx, params.paymentId))
  mountMoney(api)
  mountRefunds(api)
  mount(api, contract.listDisputes, ({ query }) => viewDisputes(ctx.db, query))
  mount(api, contract.getDispute, ({ params }) => viewDispute(ctx.db, params.disputeId))
  mount(api, contract.getOrderLedger, ({ params }) => viewOrderLedger(ctx, params.number))
  mount(api, contract.getLedgerBalances, ({ query }) => viewBalances(ctx, query))
}
