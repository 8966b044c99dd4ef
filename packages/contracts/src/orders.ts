import { z } from 'zod'
import { Address, Contact } from './address.ts'
import { CaptureMethod, DeliveryMethod, PaidMethod, PaymentOptions, Totals, useCreditQuery } from './cart.ts'
import { defineEndpoint } from './endpoint.ts'
import {
  CartKey,
  Id,
  Instant,
  LocalDate,
  Locale,
  Money,
  OrderNumber,
  OrderToken,
  Picture,
  Slugs,
  typedText,
} from './primitives.ts'

const tag = 'Checkout and orders'

export const orderStates = ['awaiting-payment', 'confirmed', 'cancelled'] as const
export const OrderState = z.enum(orderStates)
export type OrderState = z.infer<typeof OrderState>

/** `authorised` money is held, or cash is promised; `captured` money is taken. What was given back stands beside it. */
export const paymentStates = [
  'pending',
  'requires-action',
  'processing',
  'authorised',
  'captured',
  'failed',
  'cancelled',
] as const
export const PaymentState = z.enum(paymentStates)
export type PaymentState = z.infer<typeof PaymentState>

/** What a shopper may be told about a refused payment; lost, stolen and fraudulent cards are all `declined`. */
export const declineReasons = [
  'declined',
  'insufficient-funds',
  'expired-card',
  'incorrect-cvc',
  'incorrect-number',
  'processing-error',
  'authentication-failed',
  // by a provider of instalments
  'not-approved',
  'left',
  'expired',
] as const
export const DeclineReason = z.enum(declineReasons)
export type DeclineReason = z.infer<typeof DeclineReason>

export const PaymentView = z
  .strictObject({
    id: Id,
    method: PaidMethod,
    state: PaymentState,
    /** What is to be paid by it. */
    amount: Money,
    captured: Money,
    refunded: Money,
    card: z.strictObject({ brand: z.string(), last4: z.string() }).nullable(),
    wallet: z.enum(['apple-pay', 'google-pay', 'link']).nullable(),
    /** Why the last try failed. */
    declineReason: DeclineReason.nullable(),
  })
  .meta({ id: 'Payment' })
export type PaymentView = z.infer<typeof PaymentView>

export const OrderLine = z
  .strictObject({
    id: Id,
    variantId: Id,
    slugs: Slugs,
    name: z.string(),
    optionText: z.string(),
    sku: z.string(),
    picture: Picture.nullable(),
    quantity: z.int(),
    unitPrice: Money,
    total: Money,
    /** VAT contained in total, computed once when the order was placed. */
    vat: Money,
  })
  .meta({ id: 'OrderLine' })
export type OrderLine = z.infer<typeof OrderLine>

export const timelineKinds = [
  'placed',
  'payment-declined',
  'payment-processing',
  'paid',
  'confirmed',
  'cancelled-by-customer',
  'expired',
  'confirmation-sent',
  'method-changed',
  'payment-authorised',
  'captured',
  'refunded',
  'refund-failed',
  'cancelled-by-shop',
  'cash-promised',
  'cash-collected',
  'cash-refused',
] as const
export const TimelineKind = z.enum(timelineKinds)
export type TimelineKind = z.infer<typeof TimelineKind>

export const OrderView = z
  .strictObject({
    number: OrderNumber,
    state: OrderState,
    placedAt: Instant,
    locale: Locale,
    contact: Contact,
    address: Address,
    delivery: z.strictObject({ method: DeliveryMethod, price: Money, earliest: LocalDate, latest: LocalDate }),
    lines: z.array(OrderLine),
    itemCount: z.int(),
    totals: Totals.extend({
      delivery: Money,
      /** What the method adds, VAT included. */
      paymentFee: Money,
      /** What store credit has paid. */
      storeCredit: Money,
      /** What cash rounds off: zero or less. */
      rounding: Money,
      /** What `payment` pays: grandTotal less storeCredit, rounded. */
      due: Money,
    }),
    payment: PaymentView,
    refunds: z.array(
      z.strictObject({
        id: Id,
        amount: Money,
        destination: z.enum(['original', 'store-credit']),
        state: z.enum(['requested', 'pending', 'succeeded', 'failed']),
        at: Instant,
      }),
    ),
    /** Of an order paid in cash. The code is what the courier asks for at the door; null until the order is confirmed. */
    cash: z
      .strictObject({
        state: z.enum(['pending', 'collected', 'remitted', 'reconciled', 'refused', 'cancelled']),
        deliveryCode: z.string().nullable(),
      })
      .nullable(),
    /** Until when the stock is held for an unpaid order. */
    payBefore: Instant.nullable(),
    canCancel: z.boolean(),
    /** Another method may be taken without a new order. */
    canChangeMethod: z.boolean(),
    timeline: z.array(z.strictObject({ at: Instant, kind: TimelineKind })),
  })
  .meta({ id: 'Order' })
export type OrderView = z.infer<typeof OrderView>

/** What the browser must do next. `client_secret` goes to the provider's own script, never to our server again. */
export const PaymentAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('redirect'), url: z.string() }),
  z.strictObject({
    kind: z.literal('client_secret'),
    clientSecret: z.string(),
    publishableKey: z.string(),
    scriptUrl: z.string(),
    captureMethod: CaptureMethod,
  }),
  /** Ask for a code to the order's phone (`requestOrderCode`) and give it back (`confirmOrderCode`). */
  z.strictObject({ kind: z.literal('code'), phoneHint: z.string() }),
])
export type PaymentAction = z.infer<typeof PaymentAction>

export const CheckoutResult = z
  .strictObject({
    order: OrderView,
    token: OrderToken,
    payment: z.strictObject({ id: Id, action: PaymentAction }),
  })
  .meta({ id: 'CheckoutResult' })
export type CheckoutResult = z.infer<typeof CheckoutResult>

/** How somebody wants to pay, and the amount on the button they pressed. */
export const PaymentChoice = z.strictObject({
  paymentMethod: PaidMethod,
  /** What the method's `due` was; for `store-credit` zero. */
  expectedTotal: Money,
  /** Store credit pays first. Only for signed-in customers. */
  useStoreCredit: z.boolean().optional(),
})
export type PaymentChoice = z.infer<typeof PaymentChoice>

export const checkOutCart = defineEndpoint({
  id: 'checkOutCart',
  method: 'POST',
  path: '/carts/{cartId}/checkout',
  status: 201,
  tag,
  summary: 'Turn a cart into an order and begin its payment',
  description:
    'Doing it again for the same cart, with any key, answers with the same order while it waits for its payment.',
  auth: 'cart-key',
  rateLimit: 'checkout',
  idempotency: 'required',
  params: z.strictObject({ cartId: CartKey }),
  body: PaymentChoice,
  response: CheckoutResult,
  problems: [
    'cart/not-found',
    'cart/empty',
    'cart/incomplete',
    'cart/total-changed',
    'cart/checked-out',
    'cart/variant-not-available',
    'cart/delivery-not-available',
    'inventory/out-of-stock',
    'payments/amount-not-supported',
    'payments/method-not-available',
    'payments/provider-unavailable',
    'store-credit/not-enough',
  ],
})

const orderParams = z.strictObject({ number: OrderNumber })

export const getOrder = defineEndpoint({
  id: 'getOrder',
  method: 'GET',
  path: '/orders/{number}',
  status: 200,
  tag,
  summary: 'One order, for whoever holds its token or the customer it belongs to',
  auth: 'order-token',
  rateLimit: 'cart',
  params: orderParams,
  response: OrderView,
  problems: ['orders/not-found'],
})

export const refreshPayment = defineEndpoint({
  id: 'refreshPayment',
  method: 'POST',
  path: '/orders/{number}/payment/refresh',
  status: 200,
  tag,
  summary: 'Ask the provider how the payment stands (the return page calls this), then answer with the order',
  auth: 'order-token',
  rateLimit: 'checkout',
  params: orderParams,
  response: OrderView,
  problems: ['orders/not-found'],
})

export const resumePayment = defineEndpoint({
  id: 'resumePayment',
  method: 'POST',
  path: '/orders/{number}/payment',
  status: 200,
  tag,
  summary: 'What the browser needs to go on paying an order that waits for its payment',
  auth: 'order-token',
  rateLimit: 'checkout',
  params: orderParams,
  response: CheckoutResult,
  problems: ['orders/not-found', 'payments/not-payable', 'payments/provider-unavailable'],
})

export const listOrderPaymentMethods = defineEndpoint({
  id: 'listOrderPaymentMethods',
  method: 'GET',
  path: '/orders/{number}/payment-methods',
  status: 200,
  tag,
  summary: 'Ways to pay an order that waits for its payment',
  auth: 'order-token',
  rateLimit: 'checkout',
  params: orderParams,
  query: useCreditQuery,
  response: PaymentOptions,
  problems: ['orders/not-found', 'payments/not-payable'],
})

export const changePaymentMethod = defineEndpoint({
  id: 'changePaymentMethod',
  method: 'POST',
  path: '/orders/{number}/payment/method',
  status: 200,
  tag,
  summary:
    'Pay a waiting order another way: the payment before it is stopped, or left to run out and let go if it is paid',
  auth: 'order-token',
  rateLimit: 'checkout',
  idempotency: 'required',
  params: orderParams,
  body: PaymentChoice,
  response: CheckoutResult,
  problems: [
    'orders/not-found',
    'cart/total-changed',
    'payments/not-payable',
    'payments/amount-not-supported',
    'payments/method-not-available',
    'payments/provider-unavailable',
    'store-credit/not-enough',
  ],
})

export const cancelOrder = defineEndpoint({
  id: 'cancelOrder',
  method: 'POST',
  path: '/orders/{number}/cancel',
  status: 200,
  tag,
  summary:
    'Cancel an unpaid order: the payment is stopped at the provider first, then stock is released and the cart reopened',
  auth: 'order-token',
  rateLimit: 'checkout',
  params: orderParams,
  response: OrderView,
  problems: ['orders/not-found', 'orders/not-cancellable', 'payments/provider-unavailable'],
})

export const lookUpOrder = defineEndpoint({
  id: 'lookUpOrder',
  method: 'POST',
  path: '/orders/lookup',
  status: 200,
  tag,
  summary: 'Find an order by its number and the phone or e-mail it was placed with',
  description: 'A wrong pair and an unknown number answer the same.',
  auth: 'public',
  rateLimit: 'order-lookup',
  body: z.strictObject({ number: typedText({ min: 1, max: 30 }), phoneOrEmail: typedText({ min: 1, max: 254 }) }),
  response: z.strictObject({ number: OrderNumber, token: OrderToken }),
  problems: ['orders/not-found'],
})
