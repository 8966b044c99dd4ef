import { allEndpoints } from '@dhow/contracts/all-endpoints.ts'
import express from 'express'
import type { Express } from 'express'
import type { AppContext } from './context.ts'
import { mountKeySet } from './platform/auth/jwks.ts'
import { renderErrors } from './platform/http/errors.ts'
import { refuseOtherMethods } from './platform/http/mount.ts'
import type { Api } from './platform/http/mount.ts'
import { Problem } from './platform/http/problem.ts'
import { assignRequestId } from './platform/http/request.ts'
import { mountHealth } from './platform/http/health.ts'
import { mountDocumentation } from './platform/http/documentation.ts'
import { logRequests } from './platform/http/request-log.ts'
import { mountAudit } from './slices/audit/audit.routes.ts'
import { mountCatalog } from './slices/catalog/catalog.routes.ts'
import { mountCart } from './slices/cart/cart.routes.ts'
import { mountCheckout } from './slices/checkout/checkout.routes.ts'
import { mountCod } from './slices/cod/cod.routes.ts'
import { mountCustomers } from './slices/customers/customers.routes.ts'
import {
  auditLimitHits,
  createAuthenticator,
  mountCodes,
  mountFactors,
  mountPasswords,
  mountStaffSignIn,
  mountTextReports,
  mountTokens,
} from './slices/identity/identity.ts'
import { mountPaymentOffers } from './slices/payment-offers/payment-offers.routes.ts'
import { mountPaymentOptions } from './slices/payment-options/payment-options.routes.ts'
import { mountSavedCards } from './slices/saved-cards/saved-cards.routes.ts'
import { mountOrders } from './slices/orders/orders.routes.ts'
import { largeRefundAction } from './slices/payments/operations/large-refund.ts'
import { mountOperations } from './slices/payments/operations/operations.routes.ts'
import { mountPayments } from './slices/payments/payments.routes.ts'
import { mountWebhookLog } from './slices/payments/webhooks/webhook-log.routes.ts'
import { mountWebhooks } from './slices/payments/webhooks/webhooks.routes.ts'
import { mountReconciliation } from './slices/reconciliation/reconciliation.routes.ts'
import { mountThreats } from './slices/threats/threats.routes.ts'
import { mountPricing } from './slices/pricing/pricing.routes.ts'
import { largeCreditAction } from './slices/store-credit/adjust-credit.ts'
import { mountStoreCredit } from './slices/store-credit/store-credit.routes.ts'
import { mountStaff } from './slices/staff/staff.routes.ts'
import { registryOf, staffActions } from './slices/staff/staff.ts'

/** The whole API: every middleware and slice router, in the order they run. Throws nothing; listens to nothing. */
export function createApp(ctx: AppContext): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', false)
  app.set('trust proxy', ctx.config.TRUST_PROXY)

  app.use((request, response, next) => ctx.cache.serve(request, response, next))
  app.use((request, response, next) => {
    assignRequestId(request, response)
    response.setHeader('X-Content-Type-Options', 'nosniff')
    next()
  })
  mountHealth(app, ctx)
  app.use(logRequests(ctx.log))
  mountWebhooks(app, ctx)
  mountTextReports(app, ctx)
  auditLimitHits(ctx)
  mountDocumentation(app)
  mountKeySet(app, ctx)

  const api: Api = { router: express.Router(), ctx, authenticator: createAuthenticator(ctx) }
  mountCatalog(api)
  mountPricing(api)
  mountCart(api)
  mountPaymentOptions(api)
  mountPaymentOffers(api)
  mountCheckout(api)
  mountOrders(api)
  mountPayments(api)
  mountOperations(api)
  mountCod(api)
  mountWebhookLog(api)
  mountReconciliation(api)
  mountCustomers(api)
  mountSavedCards(api)
  mountStoreCredit(api)
  mountTokens(api)
  mountCodes(api)
  mountFactors(api)
  mountStaffSignIn(api)
  mountPasswords(api)
  mountAudit(api)
  mountThreats(api)
  mountStaff(api, registryOf([...staffActions, largeRefundAction, largeCreditAction]))
  refuseOtherMethods(api, allEndpoints)
  app.use('/api/v1', api.router)

  app.use(() => {
    throw new Problem('request/not-found')
  })
  app.use(renderErrors(ctx.log))
  return app
}
