/** The one catalogue of expected failures: code → HTTP status and English title. Clients switch on the code, never on words. */
export const problemCatalogue = {
  'request/invalid': { status: 422, title: 'The request is not valid' },
  'request/malformed': { status: 400, title: 'The request cannot be read' },
  'request/too-large': { status: 413, title: 'The request is too large' },
  'request/unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  'request/not-found': { status: 404, title: 'There is nothing here' },
  'request/method-not-allowed': { status: 405, title: 'This address does not take that method' },
  'request/rate-limited': { status: 429, title: 'Too many requests' },
  'idempotency/key-required': { status: 400, title: 'This request needs an Idempotency-Key' },
  'idempotency/mismatch': { status: 422, title: 'This Idempotency-Key was used for another request' },
  'idempotency/in-progress': { status: 409, title: 'The first request with this Idempotency-Key is still running' },
  'catalog/category-not-found': { status: 404, title: 'No such category' },
  'catalog/product-not-found': { status: 404, title: 'No such product' },
  'catalog/cursor-invalid': { status: 400, title: 'The cursor is not valid' },
  'cart/not-found': { status: 404, title: 'No such cart' },
  'cart/line-not-found': { status: 404, title: 'No such line in the cart' },
  'cart/full': { status: 409, title: 'The cart holds as many different products as it can' },
  'cart/checked-out': { status: 409, title: 'The cart has become an order' },
  'cart/empty': { status: 409, title: 'The cart is empty' },
  'cart/incomplete': { status: 409, title: 'Contact, address or delivery is missing' },
  'cart/total-changed': { status: 409, title: 'The total is not what the shopper saw' },
  'cart/variant-not-available': { status: 409, title: 'This variant cannot be bought' },
  'cart/delivery-not-available': { status: 409, title: 'This delivery is not offered for the address' },
  'inventory/out-of-stock': { status: 409, title: 'There is not enough stock' },
  'orders/not-found': { status: 404, title: 'No such order' },
  'orders/not-cancellable': { status: 409, title: 'The order can no longer be cancelled' },
  'payments/not-payable': { status: 409, title: 'The order does not wait for a payment' },
  'payments/provider-unavailable': { status: 503, title: 'The payment provider does not answer', alerts: true },
  'payments/amount-not-supported': { status: 409, title: 'This amount cannot be paid by this method' },
  'service/unavailable': { status: 503, title: 'The shop is busy, try again in a moment', alerts: true },
  'service/failed': { status: 500, title: 'Something went wrong on our side', alerts: true },
} as const satisfies Record<string, { status: number; title: string; alerts?: boolean }>

export type ProblemCode = keyof typeof problemCatalogue

/** Where an input was wrong (JSON pointer into the body, or `?name` of the query) and how. */
export interface FieldError {
  pointer: string
  code: string
}

/** RFC 9457 `application/problem+json` as this API writes it. */
export interface ProblemDocument {
  type: string
  title: string
  status: number
  detail?: string
  instance: string
  code: ProblemCode
  requestId: string
  errors?: FieldError[]
  [extension: string]: unknown
}

export const isProblemCode = (code: unknown): code is ProblemCode =>
  typeof code === 'string' && code in problemCatalogue
