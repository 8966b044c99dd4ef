import { makeId } from '../platform/ids.ts'
import type { Call, StripeContext } from './context.ts'
import { invalidRequest, notFound } from './errors.ts'
import { listOf, type ListParams, type StripeList } from './lists.ts'
import type { PaymentMethodDomain } from './vault-objects.ts'

/** A domain wallets may be shown on. Registered twice it stays one, as at Stripe. */
export function createDomain(
  ctx: StripeContext,
  { params }: Call<{ domain_name: string; enabled?: boolean }>,
): PaymentMethodDomain {
  const { domain_name: name, enabled = true } = params
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(name))
    throw invalidRequest(`${name} is not a valid domain name.`, undefined, 'domain_name')
  const known = ctx.state.domains.values().find((domain) => domain.domain_name === name)
  if (known) return known
  const active = { status: 'active' }
  const inactive = { status: 'inactive' }
  const domain: PaymentMethodDomain = {
    id: makeId('pmd_'),
    object: 'payment_method_domain',
    amazon_pay: inactive,
    apple_pay: active,
    created: ctx.now(),
    domain_name: name,
    enabled,
    google_pay: active,
    klarna: inactive,
    link: active,
    livemode: false,
    paypal: inactive,
  }
  ctx.state.domains.set(domain.id, domain)
  return domain
}

export function listDomains(
  ctx: StripeContext,
  call: Call<ListParams & { domain_name?: string; enabled?: boolean }>,
): StripeList<PaymentMethodDomain> {
  const { domain_name: name, enabled } = call.params
  const wanted = ctx.state.domains
    .newestFirst()
    .filter((domain) => name === undefined || domain.domain_name === name)
    .filter((domain) => enabled === undefined || domain.enabled === enabled)
  return listOf(wanted, call.params, '/v1/payment_method_domains')
}

export function retrieveDomain(ctx: StripeContext, call: Call<object>): PaymentMethodDomain {
  const domain = ctx.state.domains.get(call.id)
  if (!domain) throw notFound('payment_method_domain', call.id)
  return domain
}
