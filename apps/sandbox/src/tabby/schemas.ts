import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { AMOUNT_PATTERN } from './decimal.ts'
import { badData, invalidFields } from './errors.ts'
import type { CheckoutRequest, MoveRequest } from './objects.ts'

/**
 * What Tabby takes, written down by hand from its documentation (docs.tabby.ai, API reference and go-live pages, November 2026). Unknown
 * fields are refused, which Tabby doesn't promise: a camelCase slip would vanish.
 */
const text = { type: 'string', maxLength: 255 }
const filled = { ...text, minLength: 1 }
const amount = { type: 'string', pattern: AMOUNT_PATTERN }
const instant = { type: 'string', format: 'date-time' }
const uri = { ...text, format: 'uri' }
const flag = { type: 'boolean' }

/** Characters Tabby allows in the addresses it sends the shopper back to. */
const returnUrl = { ...uri, pattern: String.raw`^[\p{Script=Latin}\p{Script=Arabic}\d\-\\|/:;.,+{}?&@=#%]+$` }

function object(properties: Record<string, object>, required: readonly string[] = Object.keys(properties)): object {
  return { type: 'object', properties, required, additionalProperties: false }
}

const buyer = object({ name: filled, email: { type: 'string', format: 'email' }, phone: filled, dob: text }, [
  'name',
  'email',
  'phone',
])
const address = object({ city: filled, address: filled, zip: filled })
const itemFields = {
  title: filled,
  quantity: { type: 'integer', minimum: 1 },
  unit_price: amount,
  category: filled,
  reference_id: text,
  description: text,
  discount_amount: amount,
  image_url: uri,
  product_url: uri,
  gender: { enum: ['Male', 'Female', 'Kids', 'Other'] },
  ...Object.fromEntries(
    ['brand', 'color', 'size', 'size_type', 'product_material', 'barcode', 'ppn', 'seller'].map((name) => [name, text]),
  ),
  is_refundable: flag,
}
const item = object(itemFields, ['title', 'quantity', 'unit_price', 'category'])
const amounts = { tax_amount: amount, shipping_amount: amount, discount_amount: amount }

const checkout = object(
  {
    payment: object(
      {
        amount,
        currency: { enum: ['AED', 'SAR', 'KWD'] },
        description: text,
        buyer,
        shipping_address: address,
        order: object(
          { reference_id: filled, updated_at: instant, ...amounts, items: { type: 'array', items: item } },
          ['reference_id', 'items'],
        ),
        buyer_history: object(
          {
            registered_since: instant,
            loyalty_level: { type: 'integer', minimum: 0 },
            wishlist_count: { type: 'integer', minimum: 0 },
            is_social_networks_connected: flag,
            is_phone_number_verified: flag,
            is_email_verified: flag,
          },
          ['registered_since', 'loyalty_level'],
        ),
        order_history: {
          type: 'array',
          maxItems: 10,
          items: object(
            {
              purchased_at: instant,
              amount,
              payment_method: { enum: ['card', 'cod'] },
              status: { enum: ['new', 'processing', 'complete', 'refunded', 'canceled', 'unknown'] },
              buyer,
              shipping_address: address,
              items: { type: 'array', items: object(itemFields, []) },
            },
            ['purchased_at', 'amount', 'status', 'buyer', 'shipping_address'],
          ),
        },
        meta: {
          type: ['object', 'null'],
          properties: { order_id: { type: ['string', 'null'] }, customer: { type: ['string', 'null'] } },
        },
      },
      ['amount', 'currency', 'buyer', 'shipping_address', 'order', 'buyer_history', 'order_history'],
    ),
    lang: { enum: ['ar', 'en'] },
    merchant_code: filled,
    merchant_urls: object({ success: returnUrl, cancel: returnUrl, failure: returnUrl }, []),
    token: { type: ['string', 'null'] },
  },
  ['payment', 'lang', 'merchant_code'],
)
const items = { type: 'array', items: item }
const capture = object({ amount, reference_id: filled, ...amounts, items }, ['amount', 'reference_id'])
const refund = object({ amount, reference_id: filled, reason: text, items }, ['amount', 'reference_id'])
const update = object({ order: object({ reference_id: filled }) })
const header = object({ title: filled, value: filled })
const webhook = object({ url: uri, header, is_test: flag }, ['url'])
const webhookUpdate = object({ id: filled, url: uri, header, is_test: flag }, ['id', 'url'])
const period = {
  type: 'object',
  properties: {
    created_at__gte: { type: 'string', format: 'date' }, // the API file says so; the other end of the window is a date-time
    created_at__lte: instant,
    limit: { type: 'integer', minimum: 1, maximum: 20 },
    offset: { type: 'integer', minimum: 0 },
    status: { enum: ['authorized', 'closed', 'rejected', 'new', 'captured', 'refunded', 'cancelled'] },
  },
  additionalProperties: false,
}

export type WebhookRequest = { id?: string; url: string; header?: { title: string; value: string } }
export type ListRequest = {
  created_at__gte?: string
  created_at__lte?: string
  limit?: number
  offset?: number
  status?: string
}

export const readCheckout = reader<CheckoutRequest>(checkout)
export const readCapture = reader<MoveRequest>(capture)
export const readRefund = reader<MoveRequest>(refund)
export const readUpdate = reader<{ order: { reference_id: string } }>(update)
export const readWebhook = reader<WebhookRequest>(webhook)
export const readWebhookUpdate = reader<WebhookRequest>(webhookUpdate)
/** Query values come as text. */
export const readPeriod = reader<ListRequest>(period, true)

/** Throws the 400 Tabby answers a wrong body with, one fault a field. */
function reader<Parsed>(schema: object, coerceTypes = false): (body: unknown) => Parsed {
  const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes })
  addFormats.default(ajv)
  let validate: ReturnType<Ajv2020['compile']> | undefined
  return (body) => {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badData('invalid request body')
    validate ??= ajv.compile(schema)
    const copy = structuredClone(body)
    if (!validate(copy)) throw invalidFields(validate.errors ?? [])
    return copy as Parsed
  }
}
