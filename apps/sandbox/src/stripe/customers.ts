import { makeId } from '../platform/ids.ts'
import { emit, type Call, type StripeContext } from './context.ts'
import { invalidRequest, notFound } from './errors.ts'
import { mergedMetadata, type MetadataParam } from './metadata.ts'
import { listOf, type ListParams, type StripeList } from './lists.ts'
import type { PaymentMethod } from './objects.ts'
import { findMethod } from './payment-methods.ts'
import type { Customer, CustomerSession, ElementFeatures } from './vault-objects.ts'

export type CustomerParams = {
  email?: string
  name?: string
  phone?: string
  description?: string
  metadata?: MetadataParam
}

const SESSION_SECONDS = 30 * 60

export function createCustomer(ctx: StripeContext, { params, request }: Call<CustomerParams>): Customer {
  const customer: Customer = {
    id: makeId('cus_', 14),
    object: 'customer',
    balance: 0,
    created: ctx.now(),
    default_source: null,
    description: params.description ?? null,
    email: params.email ?? null,
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: mergedMetadata({}, params.metadata),
    name: params.name ?? null,
    phone: params.phone ?? null,
    shipping: null,
  }
  ctx.state.customers.set(customer.id, customer)
  emit(ctx, 'customer.created', customer, customer.id, request)
  return customer
}

/** Throws as Stripe does for a customer it has never heard of: a bad request, not a page that is missing. */
export function findCustomer(ctx: StripeContext, id: string): Customer {
  const customer = ctx.state.customers.get(id)
  if (!customer) throw invalidRequest(`No such customer: '${id}'`, 'resource_missing', 'customer')
  return customer
}

export function retrieveCustomer(ctx: StripeContext, call: Call<object>): Customer {
  const customer = ctx.state.customers.get(call.id)
  if (!customer) throw notFound('customer', call.id)
  return customer
}

export function deleteCustomer(ctx: StripeContext, call: Call<object>): object {
  const customer = retrieveCustomer(ctx, call)
  for (const method of methodsOf(ctx, customer.id)) method.customer = null
  ctx.state.customers.delete(customer.id)
  return { id: customer.id, object: 'customer', deleted: true }
}

export const methodsOf = (ctx: StripeContext, customer: string): PaymentMethod[] =>
  ctx.state.methods
    .newestFirst()
    .map(({ method }) => method)
    .filter((method) => method.customer === customer)

export type MethodListParams = ListParams & { type?: string; allow_redisplay?: string }

export function listMethods(ctx: StripeContext, call: Call<MethodListParams>): StripeList<PaymentMethod> {
  const { id } = retrieveCustomer(ctx, call)
  const { type, allow_redisplay: redisplay } = call.params
  const wanted = methodsOf(ctx, id)
    .filter((method) => type === undefined || method.type === type)
    .filter((method) => redisplay === undefined || method.allow_redisplay === redisplay)
  return listOf(wanted, call.params, `/v1/customers/${id}/payment_methods`)
}

export function retrieveCustomersMethod(ctx: StripeContext, call: Call<object>): PaymentMethod {
  const customer = retrieveCustomer(ctx, call)
  const method = ctx.state.methods.get(call.part)?.method
  if (method?.customer !== customer.id) throw notFound('PaymentMethod', call.part, 'payment_method')
  return method
}

/** Gives a method to a customer; one that was detached belongs to nobody ever again. */
export function attach(ctx: StripeContext, methodId: string, customer: string, request: Call<object>['request']): void {
  const { method } = findMethod(ctx, methodId)
  if (method.customer === customer) return
  method.customer = customer
  emit(ctx, 'payment_method.attached', method, customer, request)
}

export function detachMethod(ctx: StripeContext, { id, request }: Call<object>): PaymentMethod {
  const stored = ctx.state.methods.get(id)
  if (!stored) throw notFound('PaymentMethod', id, 'payment_method')
  const { method } = stored
  const { customer } = method
  if (customer === null)
    throw invalidRequest(
      `The payment method you provided is not attached to a customer so detachment is impossible.`,
      undefined,
      'payment_method',
    )
  method.customer = null
  stored.isDetached = true
  emit(ctx, 'payment_method.detached', method, customer, request)
  return method
}

export type SessionParams = {
  customer?: string
  components: { payment_element?: { enabled: boolean; features?: Partial<ElementFeatures> } }
}

export function createCustomerSession(ctx: StripeContext, { params }: Call<SessionParams>): object {
  if (params.customer === undefined)
    throw invalidRequest('Missing required param: customer.', 'parameter_missing', 'customer')
  const { id: customer } = findCustomer(ctx, params.customer)
  const clientSecret = makeId('cuss_secret_', 48)
  const { payment_element: element } = params.components
  const features = element?.enabled ? fullFeatures(element.features ?? {}) : null
  const session: CustomerSession = { customer, expires_at: ctx.now() + SESSION_SECONDS, features }
  ctx.state.customerSessions.set(clientSecret, session)
  const off = { enabled: false }
  return {
    object: 'customer_session',
    client_secret: clientSecret,
    components: {
      active_entitlements: off,
      buy_button: off,
      customer_portal: off,
      customer_sheet: { ...off, features: null },
      mobile_payment_element: { ...off, features: null },
      payment_element: { enabled: element?.enabled ?? false, features },
      pricing_table: off,
    },
    created: ctx.now(),
    customer,
    customer_account: null,
    expires_at: session.expires_at,
    livemode: false,
  }
}

function fullFeatures(given: Partial<ElementFeatures>): ElementFeatures {
  if (given.payment_method_save === 'enabled' && given.payment_method_save_usage === undefined)
    throw invalidRequest(
      'payment_method_save_usage is required when payment_method_save is enabled.',
      'parameter_missing',
      'components[payment_element][features][payment_method_save_usage]',
    )
  return {
    payment_method_allow_redisplay_filters: ['always'],
    payment_method_redisplay: 'disabled',
    payment_method_redisplay_limit: 3,
    payment_method_remove: 'disabled',
    payment_method_save: 'disabled',
    payment_method_save_usage: null,
    ...given,
  }
}

/** What the card fields may show for a session: undefined for one that is unknown or too old. */
export function openSession(
  ctx: StripeContext,
  clientSecret: string,
): { methods: PaymentMethod[]; features: ElementFeatures } | undefined {
  const session = ctx.state.customerSessions.get(clientSecret)
  if (!session?.features || session.expires_at <= ctx.now()) return undefined
  const { features } = session
  const filters = features.payment_method_allow_redisplay_filters
  const shown = methodsOf(ctx, session.customer).filter((method) => filters.includes(method.allow_redisplay))
  const limit = features.payment_method_redisplay_limit ?? 3
  return { methods: features.payment_method_redisplay === 'enabled' ? shown.slice(0, limit) : [], features }
}
