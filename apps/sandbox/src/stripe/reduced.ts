/** What a browser with the publishable key may see of an intent: no metadata, no charge, no customer. */
const VISIBLE_FIELDS = [
  'id',
  'object',
  'amount',
  'amount_details',
  'automatic_payment_methods',
  'canceled_at',
  'cancellation_reason',
  'capture_method',
  'client_secret',
  'confirmation_method',
  'created',
  'currency',
  'description',
  'last_payment_error',
  'livemode',
  'next_action',
  'payment_method',
  'payment_method_types',
  'processing',
  'receipt_email',
  'setup_future_usage',
  'shipping',
  'source',
  'status',
] as const

const VISIBLE_OF_SETUP = [
  'id',
  'object',
  'automatic_payment_methods',
  'cancellation_reason',
  'client_secret',
  'created',
  'description',
  'last_setup_error',
  'livemode',
  'next_action',
  'payment_method',
  'payment_method_types',
  'status',
  'usage',
] as const

const FIELDS_BY_KIND: Readonly<Record<string, readonly string[]>> = {
  payment_intent: VISIBLE_FIELDS,
  setup_intent: VISIBLE_OF_SETUP,
}

export function reducedForBrowser(object: object): object {
  const fields = FIELDS_BY_KIND[String(Reflect.get(object, 'object'))]
  if (!fields) return object
  return Object.fromEntries(fields.map((field) => [field, Reflect.get(object, field)]))
}
