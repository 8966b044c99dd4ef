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

export function reducedForBrowser(object: object): object {
  if (Reflect.get(object, 'object') !== 'payment_intent') return object
  return Object.fromEntries(VISIBLE_FIELDS.map((field) => [field, Reflect.get(object, field)]))
}
