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
  'auth/required': { status: 401, title: 'This needs somebody signed in' },
  'auth/forbidden': { status: 403, title: 'This person may not do that' },
  'auth/cross-site': { status: 403, title: 'This request came from another site' },
  'auth/confirmation-required': { status: 403, title: 'This needs a fresh proof of who is asking' },
  'auth/step-up-required': { status: 403, title: 'This needs the second factor again' },
  'auth/second-factor-enrolment-required': { status: 403, title: 'A second factor must be set up first' },
  'auth/invalid-credentials': { status: 401, title: 'The credentials are not right' },
  'auth/refresh-invalid': { status: 401, title: 'The refresh token is not valid' },
  'auth/challenge-invalid': { status: 400, title: 'This step of signing in is over, start again' },
  'auth/code-invalid': { status: 400, title: 'The code is not right' },
  'auth/link-invalid': { status: 400, title: 'This link is used or too old' },
  'auth/phone-not-accepted': { status: 422, title: 'No code can be sent to this number' },
  'auth/proof-required': { status: 403, title: 'A proof of work is needed first' },
  'auth/codes-unavailable': { status: 503, title: 'No codes are sent just now', alerts: true },
  'auth/busy': { status: 503, title: 'Too many sign-ins at once, try again in a moment', alerts: true },
  'auth/passkey-invalid': { status: 400, title: 'The passkey was not accepted' },
  'auth/factor-not-found': { status: 404, title: 'No such sign-in method' },
  'auth/last-factor': { status: 409, title: 'Another way to sign in must be there first' },
  'auth/session-not-found': { status: 404, title: 'No such session' },
  'account/contact-taken': { status: 409, title: 'This cannot be used for the account' },
  'account/address-not-found': { status: 404, title: 'No such address' },
  'account/address-limit': { status: 409, title: 'The account holds as many addresses as it can' },
  'staff/not-found': { status: 404, title: 'No such staff member' },
  'staff/last-owner': { status: 409, title: 'The shop must keep an owner' },
  'staff/already-invited': { status: 409, title: 'This person is invited or a member already' },
  'staff/role-not-found': { status: 404, title: 'No such role' },
  'staff/role-protected': { status: 409, title: 'This role cannot be changed' },
  'staff/role-in-use': { status: 409, title: 'Somebody still has this role' },
  'approvals/not-found': { status: 404, title: 'No such request' },
  'approvals/not-pending': { status: 409, title: 'This request has been decided or has expired' },
  'approvals/own-request': { status: 403, title: 'Somebody else must approve this' },
  'security/alert-not-found': { status: 404, title: 'No such alert' },
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
  'payments/method-not-available': { status: 409, title: 'This way to pay is not offered for this order' },
  'payments/not-found': { status: 404, title: 'No such payment' },
  'payments/not-capturable': { status: 409, title: 'There is no held money to take' },
  'payments/not-voidable': { status: 409, title: 'There is no held money to let go' },
  'payments/not-held': { status: 409, title: 'The payment does not wait for a decision' },
  'payments/still-mismatched': { status: 409, title: 'What the provider says still does not match the order' },
  'payments/nothing-stray': { status: 409, title: 'The provider holds no money here that paid for nothing' },
  'payments/amount-too-high': { status: 409, title: 'That is more than is left of this payment' },
  'payments/operation-in-progress': { status: 409, title: 'The last operation of this payment has not ended' },
  'payments/disputed': { status: 409, title: 'A disputed payment cannot be refunded' },
  'payments/card-limit': { status: 409, title: 'The account keeps as many cards as it can' },
  'payments/card-not-found': { status: 404, title: 'No such saved card' },
  'refunds/nothing-left': { status: 409, title: 'More would be given back than was paid' },
  'refunds/amount-changed': { status: 409, title: 'The refund comes to another amount by now' },
  'refunds/destination-not-possible': { status: 409, title: 'The money cannot go back that way' },
  'refunds/not-found': { status: 404, title: 'No such refund' },
  'store-credit/not-enough': { status: 409, title: 'There is not enough store credit' },
  'cod/not-confirmable': { status: 409, title: 'The order does not wait for a code' },
  'cod/no-goods-out': { status: 409, title: 'No refused goods of this order are on their way back' },
  'cod/not-refused': { status: 409, title: 'There is no refusal of this order that counts' },
  'cod/not-collectable': { status: 409, title: 'No cash is to be collected for this order' },
  'cod/delivery-code-wrong': { status: 409, title: 'The delivery code is not right' },
  'cod/file-invalid': { status: 422, title: 'The remittance file cannot be read' },
  'cod/row-not-open': { status: 409, title: 'This row has been decided on, or cannot be decided so' },
  'cod/remittance-not-found': { status: 404, title: 'No such remittance' },
  'disputes/not-found': { status: 404, title: 'No such dispute' },
  'webhooks/not-found': { status: 404, title: 'No such event' },
  'reconciliation/not-found': { status: 404, title: 'No such difference' },
  'customers/not-found': { status: 404, title: 'No such customer' },
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
