/**
 * Texts by these names say nothing about a person: ids, states, kinds, times, amounts as text. Whatever is not listed is hidden,
 * so that a field a provider adds tomorrow is hidden too.
 */
const shownNames = new Set([
  'id',
  'object',
  'type',
  'event',
  'event_type',
  'status',
  'state',
  'reason',
  'code',
  'amount',
  'currency',
  'created',
  'created_at',
  'updated_at',
  'closed_at',
  'expires_at',
  'declined_at',
  'api_version',
  'livemode',
  'order_id',
  'payment_id',
  'order_reference_id',
  'order_number',
  'reference_id',
  'capture_id',
  'refund_id',
  'cancel_id',
  'payment_intent',
  'latest_charge',
  'charge',
  'balance_transaction',
  'capture_method',
  'cancellation_reason',
  'failure_code',
  'decline_code',
  'fraud_type',
  'advice_code',
  'idempotency_key',
  'payment_method_types',
  'payment_type',
  'product_type',
  'brand',
  'last4',
  'network',
])
/** Numbers by these names may be a person's. */
const hiddenNumbers = /phone|zip|postal|dob|birth|lat|lng|ip/

/** Ids, codes, amounts and times are one word; what somebody wrote as a reason at a provider's page is not. */
const isCode = /^[^\s@]{0,255}$/

const HIDDEN = '[hidden]'

/** A payload as staff may see it: its shape, ids, states, amounts and times. Pure. */
export function shownPayload(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => shownPayload(item, name))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shownPayload(inner, key)]))
  if (typeof value === 'string') return shownNames.has(name) && isCode.test(value) ? value : HIDDEN
  return typeof value === 'number' && hiddenNumbers.test(name) ? HIDDEN : value
}
