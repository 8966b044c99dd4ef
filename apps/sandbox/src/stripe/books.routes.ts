import * as disputes from './disputes.ts'
import type { AddEndpoint } from './endpoint.ts'
import { notFound } from './errors.ts'
import { listWarnings, retrieveWarning } from './fraud-warnings.ts'
import * as payouts from './payouts.ts'

/** Disputes and the warnings before them, the lines of the balance, and what went to the bank. */
export function addBooks(add: AddEndpoint): void {
  const dispute = '/disputes/:id'
  add({ method: 'get', path: '/disputes', schema: 'DisputeListParams', run: disputes.listDisputes })
  add({ method: 'get', path: dispute, schema: 'DisputeRetrieveParams', run: disputes.retrieveDispute })
  add({ method: 'post', path: dispute, schema: 'DisputeUpdateParams', run: disputes.updateDispute })
  add({ method: 'post', path: `${dispute}/close`, schema: 'DisputeCloseParams', run: disputes.closeDispute })
  const warning = '/radar/early_fraud_warnings'
  add({ method: 'get', path: warning, schema: 'Radar.EarlyFraudWarningListParams', run: listWarnings })
  add({ method: 'get', path: `${warning}/:id`, schema: 'Radar.EarlyFraudWarningRetrieveParams', run: retrieveWarning })
  add({
    method: 'get',
    path: '/balance_transactions',
    schema: 'BalanceTransactionListParams',
    run: payouts.listBalance,
  })
  add({
    method: 'get',
    path: '/balance_transactions/:id',
    schema: 'ChargeRetrieveParams', // Stripe publishes none for this call; both accept expand only
    run(ctx, call) {
      const transaction = ctx.state.balanceTransactions.get(call.id)
      if (!transaction) throw notFound('balance transaction', call.id)
      return transaction
    },
  })
  add({ method: 'post', path: '/payouts', schema: 'PayoutCreateParams', run: payouts.createPayout })
  add({ method: 'get', path: '/payouts', schema: 'PayoutListParams', run: payouts.listPayouts })
  add({ method: 'get', path: '/payouts/:id', schema: 'PayoutRetrieveParams', run: payouts.retrievePayout })
}
