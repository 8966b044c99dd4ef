import * as customers from './customers.ts'
import { createDomain, listDomains, retrieveDomain } from './domains.ts'
import type { AddEndpoint } from './endpoint.ts'
import * as setups from './setup-intents.ts'

/** Customers, the cards they keep, and the domains wallets may be shown on. */
export function addVault(add: AddEndpoint): void {
  const path = '/customers/:id'
  const methods = `${path}/payment_methods`
  add({ method: 'post', path: '/customers', schema: 'CustomerCreateParams', run: customers.createCustomer })
  add({ method: 'get', path, schema: 'CustomerRetrieveParams', run: customers.retrieveCustomer })
  add({ method: 'delete', path, schema: 'CustomerDeleteParams', run: customers.deleteCustomer })
  add({ method: 'get', path: methods, schema: 'CustomerListPaymentMethodsParams', run: customers.listMethods })
  add({
    method: 'get',
    path: `${methods}/:part`,
    schema: 'CustomerRetrievePaymentMethodParams',
    run: customers.retrieveCustomersMethod,
  })
  add({
    method: 'post',
    path: '/payment_methods/:id/detach',
    schema: 'PaymentMethodDetachParams',
    run: customers.detachMethod,
  })
  add({
    method: 'post',
    path: '/customer_sessions',
    schema: 'CustomerSessionCreateParams',
    run: customers.createCustomerSession,
  })
  addSetups(add)
  addDomains(add)
}

function addSetups(add: AddEndpoint): void {
  const path = '/setup_intents/:id'
  add({ method: 'post', path: '/setup_intents', schema: 'SetupIntentCreateParams', run: setups.createSetup })
  add({ method: 'get', path, schema: 'SetupIntentRetrieveParams', browser: true, run: setups.retrieveSetup })
  add({
    method: 'post',
    path: `${path}/confirm`,
    schema: 'SetupIntentConfirmParams',
    browser: true,
    run: setups.confirmSetup,
  })
}

function addDomains(add: AddEndpoint): void {
  const path = '/payment_method_domains'
  add({ method: 'post', path, schema: 'PaymentMethodDomainCreateParams', run: createDomain })
  add({ method: 'get', path, schema: 'PaymentMethodDomainListParams', run: listDomains })
  add({
    method: 'post',
    path: `${path}/:id/validate`,
    schema: 'PaymentMethodDomainValidateParams',
    run: retrieveDomain,
  })
}
