import * as contract from '@dhow/contracts/cod.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { toOrderView } from '../orders/orders.ts'
import { forgiveRefusal, receiveRefused } from './after-refusal.ts'
import { collectCash, refuseCash } from './collect-cash.ts'
import { confirmOrderCode, requestOrderCode } from './confirm-order.ts'
import { viewCashOrders, viewRefusers } from './list-cash.ts'
import { importRemittance } from './remittance/import-remittance.ts'
import { printReport, viewRemittance, viewRemittances } from './remittance/remittance-view.ts'
import { resolveRow } from './remittance/resolve-row.ts'

function mountForShoppers(api: Api): void {
  const { ctx } = api
  mount(api, contract.requestOrderCode, ({ params, body, ...call }) =>
    requestOrderCode(ctx, { ...call, ...params, ...body }),
  )
  mount(api, contract.confirmOrderCode, async ({ params, body, ...call }) =>
    toOrderView(await confirmOrderCode(ctx, { ...call, ...params, ...body }), call.locale, ctx.sealer),
  )
}

function mountRemittances(api: Api): void {
  const { ctx } = api
  mount(api, contract.importRemittance, ({ body, actor, client }) => importRemittance(ctx, { ...body, actor, client }))
  mount(api, contract.listRemittances, ({ query }) => viewRemittances(ctx, query))
  mount(api, contract.getRemittance, ({ params }) => viewRemittance(ctx.db, { id: params.remittanceId }))
  mount(api, contract.exportRemittance, async ({ params }) =>
    printReport(await viewRemittance(ctx.db, { id: params.remittanceId })),
  )
  mount(api, contract.resolveRemittanceRow, ({ params, body, actor, client, requestId }) =>
    resolveRow(ctx, { ...params, ...body, actor, client, requestId }),
  )
}

/** Cash on delivery: the shopper's promise, what the courier brings, and what becomes of it. */
export function mountCod(api: Api): void {
  const { ctx } = api
  mountForShoppers(api)
  mount(api, contract.listCashOrders, ({ query }) => viewCashOrders(ctx, query))
  mount(api, contract.listCashRefusers, async () => ({ items: await viewRefusers(ctx) }))
  mount(api, contract.collectCash, ({ params, body, actor, client, requestId }) =>
    collectCash(ctx, { ...params, ...body, amount: body.amount.amount, actor, client, requestId }),
  )
  mount(api, contract.refuseCash, ({ params, body, actor, client, requestId }) =>
    refuseCash(ctx, { ...params, ...body, actor, client, requestId }),
  )
  mount(api, contract.receiveRefusedGoods, ({ params, actor, client, requestId }) =>
    receiveRefused(ctx, { ...params, actor, client, requestId }),
  )
  mount(api, contract.forgiveCashRefusal, ({ params, body, actor, client, requestId }) =>
    forgiveRefusal(ctx, { ...params, ...body, actor, client, requestId }),
  )
  mountRemittances(api)
}
