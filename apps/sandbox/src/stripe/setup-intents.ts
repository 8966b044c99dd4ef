import { makeId } from '../platform/ids.ts'
import type { Decline } from './cards.ts'
import { nextActionOf, paymentErrorOf, type AuthenticationOutcome, type ConfirmParams } from './confirm-intent.ts'
import { emit, type Call, type RequestRef, type StoredMethod, type StripeContext } from './context.ts'
import { attach, findCustomer } from './customers.ts'
import { invalidRequest, notFound, StripeError } from './errors.ts'
import { mergedMetadata, type MetadataParam } from './metadata.ts'
import { findMethod } from './payment-methods.ts'
import type { SetupIntent } from './vault-objects.ts'

export type SetupParams = {
  customer?: string
  usage?: string
  description?: string
  automatic_payment_methods?: { enabled: boolean; allow_redirects?: 'always' | 'never' }
  metadata?: MetadataParam
}

export function createSetup(ctx: StripeContext, { params, request }: Call<SetupParams>): SetupIntent {
  if (params.customer !== undefined) findCustomer(ctx, params.customer)
  const id = makeId('seti_')
  const methods = params.automatic_payment_methods
  const setup: SetupIntent = {
    id,
    object: 'setup_intent',
    ...EMPTY_FIELDS,
    automatic_payment_methods: {
      allow_redirects: methods?.allow_redirects ?? 'always',
      enabled: methods?.enabled ?? true,
    },
    client_secret: `${id}_secret_${makeId('', 25)}`,
    created: ctx.now(),
    customer: params.customer ?? null,
    description: params.description ?? null,
    metadata: mergedMetadata({}, params.metadata),
    payment_method_options: { card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    status: 'requires_payment_method',
    usage: params.usage ?? 'off_session',
  }
  ctx.state.setupIntents.set(id, setup)
  emit(ctx, 'setup_intent.created', setup, id, request)
  return setup
}

const EMPTY_FIELDS = {
  allowed_payment_method_types: null,
  application: null,
  cancellation_reason: null,
  excluded_payment_method_types: null,
  last_setup_error: null,
  latest_attempt: null,
  livemode: false,
  mandate: null,
  next_action: null,
  on_behalf_of: null,
  payment_method: null,
  payment_method_configuration_details: null,
  single_use_mandate: null,
} as const

export function retrieveSetup(ctx: StripeContext, call: Call<object>): SetupIntent {
  const setup = ctx.state.setupIntents.get(call.id)
  if (!setup) throw notFound('setupintent', call.id, 'intent')
  return setup
}

/** Keeps a card for its customer, once its bank has agreed. …0341 is kept and refuses every payment. */
export function confirmSetup(ctx: StripeContext, call: Call<ConfirmParams>): SetupIntent {
  const setup = retrieveSetup(ctx, call)
  if (setup.status === 'succeeded' || setup.status === 'canceled')
    throw new StripeError(400, {
      type: 'invalid_request_error',
      code: 'setup_intent_unexpected_state',
      message: `You cannot confirm this SetupIntent because it has a status of ${setup.status}.`,
    })
  if (call.params.payment_method === undefined)
    throw invalidRequest('The sandbox confirms with payment_method only.', 'parameter_missing', 'payment_method')
  const stored = findMethod(ctx, call.params.payment_method)
  setup.payment_method = stored.method.id
  setup.last_setup_error = null
  const { behaviour, number } = stored.card
  if (behaviour.kind === 'declines' && number !== KEPT_THOUGH_DECLINED)
    throw declineSetup(ctx, { setup, stored, decline: behaviour.decline, request: call.request })
  if (behaviour.kind === 'authenticates') {
    setup.status = 'requires_action'
    setup.next_action = nextActionOf(ctx, setup, call.params)
    emit(ctx, 'setup_intent.requires_action', setup, setup.id, call.request)
    return setup
  }
  return keep(ctx, setup, stored, call.request)
}

const KEPT_THOUGH_DECLINED = '4000000000000341'

/** The shopper's answer to the bank's page. */
export function authenticateSetup(ctx: StripeContext, setup: SetupIntent, outcome: AuthenticationOutcome): void {
  if (setup.status !== 'requires_action' || setup.payment_method === null) return
  const stored = findMethod(ctx, setup.payment_method)
  const request = { id: null, idempotency_key: null }
  setup.next_action = null
  if (outcome === 'complete') return void keep(ctx, setup, { ...stored }, request)
  const message = 'The provided PaymentMethod has failed authentication.'
  const decline: Decline = { code: 'setup_intent_authentication_failure', message }
  declineSetup(ctx, { setup, stored, decline, request })
}

function keep(ctx: StripeContext, setup: SetupIntent, stored: StoredMethod, request: RequestRef): SetupIntent {
  const { method } = stored
  setup.status = 'succeeded'
  setup.next_action = null
  ctx.state.methods.set(method.id, { ...stored, isSetUp: true })
  if (method.allow_redisplay === 'unspecified') method.allow_redisplay = 'limited'
  if (setup.customer !== null) attach(ctx, method.id, setup.customer, request)
  emit(ctx, 'setup_intent.succeeded', setup, setup.id, request)
  return setup
}

type Declined = { setup: SetupIntent; stored: StoredMethod; decline: Decline; request: RequestRef }

function declineSetup(ctx: StripeContext, { setup, stored, decline, request }: Declined): StripeError {
  setup.status = 'requires_payment_method'
  setup.payment_method = null
  setup.last_setup_error = paymentErrorOf(decline, undefined, stored)
  emit(ctx, 'setup_intent.setup_failed', setup, setup.id, request)
  const { doc_url: _docUrl, ...fields } = setup.last_setup_error
  return new StripeError(402, { ...fields, setup_intent: setup })
}
