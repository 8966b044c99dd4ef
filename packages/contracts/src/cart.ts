import { z } from 'zod'
import { Address, Contact } from './address.ts'
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
  Quantity,
  Slugs,
} from './primitives.ts'

const tag = 'Cart'

/** Why a line is not what the shopper put in; `accept-changes` makes the cart match what is there. */
export const LineNotice = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('price-changed'), was: Money }),
  z.strictObject({ code: z.literal('not-enough'), available: z.int() }),
  z.strictObject({ code: z.literal('out-of-stock') }),
  z.strictObject({ code: z.literal('not-for-sale') }),
])
export type LineNotice = z.infer<typeof LineNotice>

export const CartLine = z
  .strictObject({
    id: Id,
    variantId: Id,
    productId: Id,
    slugs: Slugs,
    name: z.string(),
    /** Chosen options in words, such as `Black · M`; empty when there are none. */
    optionText: z.string(),
    sku: z.string(),
    picture: Picture.nullable(),
    quantity: z.int(),
    /** What can be put in at most: stock and the limit per line. */
    maxQuantity: z.int(),
    /** VAT-inclusive, today's. */
    unitPrice: Money,
    compareAt: Money.nullable(),
    total: Money,
    notices: z.array(LineNotice),
  })
  .meta({ id: 'CartLine' })
export type CartLine = z.infer<typeof CartLine>

export const deliveryMethods = ['standard', 'same-day'] as const
export const DeliveryMethod = z.enum(deliveryMethods)
export type DeliveryMethod = z.infer<typeof DeliveryMethod>

export const DeliveryOption = z
  .strictObject({
    method: DeliveryMethod,
    /** VAT-inclusive; zero is free. */
    price: Money,
    /** What it would cost below the free-delivery threshold, when it is free now. */
    wasPrice: Money.nullable(),
    /** First and last day it may arrive, Asia/Dubai. */
    earliest: LocalDate,
    latest: LocalDate,
    /** Order before this instant for these days. */
    orderBefore: Instant,
  })
  .meta({ id: 'DeliveryOption' })
export type DeliveryOption = z.infer<typeof DeliveryOption>

export const Totals = z
  .strictObject({
    /** Sum of the lines, VAT included. */
    subtotal: Money,
    /** Null until a delivery is chosen. */
    delivery: Money.nullable(),
    /** VAT contained in grandTotal: the sum of the lines' and the delivery's own VAT. */
    vat: Money,
    grandTotal: Money,
  })
  .meta({ id: 'Totals' })
export type Totals = z.infer<typeof Totals>

export const CartView = z
  .strictObject({
    id: CartKey,
    state: z.enum(['open', 'checked-out']),
    lines: z.array(CartLine),
    itemCount: z.int(),
    contact: Contact.nullable(),
    address: Address.nullable(),
    delivery: DeliveryOption.nullable(),
    totals: Totals,
    /** How much more makes standard delivery free; null when it is free already or never. */
    untilFreeDelivery: Money.nullable(),
    /** True when some line has a notice the shopper must see before paying. */
    needsAttention: z.boolean(),
    /** The order this cart has become. */
    order: z.strictObject({ number: OrderNumber, token: OrderToken, state: z.string() }).nullable(),
  })
  .meta({ id: 'Cart' })
export type CartView = z.infer<typeof CartView>

const cartParams = z.strictObject({ cartId: CartKey })
const lineParams = z.strictObject({ cartId: CartKey, lineId: Id })
const common = { tag, auth: 'cart-key', rateLimit: 'cart', params: cartParams, response: CartView } as const

export const createCart = defineEndpoint({
  id: 'createCart',
  method: 'POST',
  path: '/carts',
  status: 201,
  tag,
  summary: 'Start a cart; the id in the answer is the only way back to it',
  auth: 'public',
  rateLimit: 'cart',
  idempotency: 'optional',
  body: z.strictObject({ locale: Locale.optional() }),
  response: CartView,
  problems: [],
})

export const getCart = defineEndpoint({
  ...common,
  id: 'getCart',
  method: 'GET',
  path: '/carts/{cartId}',
  status: 200,
  summary: 'The cart with today’s prices and stock',
  problems: ['cart/not-found'],
})

export const addLine = defineEndpoint({
  ...common,
  id: 'addLine',
  method: 'POST',
  path: '/carts/{cartId}/lines',
  status: 201,
  idempotency: 'optional',
  summary: 'Put a variant in; the same variant again adds to its quantity',
  body: z.strictObject({ variantId: Id, quantity: Quantity.default(1) }),
  problems: ['cart/not-found', 'cart/checked-out', 'cart/full', 'cart/variant-not-available', 'inventory/out-of-stock'],
})

export const changeLine = defineEndpoint({
  ...common,
  id: 'changeLine',
  method: 'PATCH',
  path: '/carts/{cartId}/lines/{lineId}',
  status: 200,
  summary: 'Set a line’s quantity',
  params: lineParams,
  body: z.strictObject({ quantity: Quantity }),
  problems: ['cart/not-found', 'cart/line-not-found', 'cart/checked-out', 'inventory/out-of-stock'],
})

export const removeLine = defineEndpoint({
  ...common,
  id: 'removeLine',
  method: 'DELETE',
  path: '/carts/{cartId}/lines/{lineId}',
  status: 200,
  summary: 'Take a line out',
  params: lineParams,
  problems: ['cart/not-found', 'cart/line-not-found', 'cart/checked-out'],
})

export const acceptChanges = defineEndpoint({
  ...common,
  id: 'acceptChanges',
  method: 'POST',
  path: '/carts/{cartId}/accept-changes',
  status: 200,
  summary: 'Take today’s prices, cut quantities to what is there, drop what cannot be bought',
  problems: ['cart/not-found', 'cart/checked-out'],
})

export const putContact = defineEndpoint({
  ...common,
  id: 'putContact',
  method: 'PUT',
  path: '/carts/{cartId}/contact',
  status: 200,
  summary: 'Who orders',
  body: Contact,
  problems: ['cart/not-found', 'cart/checked-out'],
})

export const putAddress = defineEndpoint({
  ...common,
  id: 'putAddress',
  method: 'PUT',
  path: '/carts/{cartId}/address',
  status: 200,
  summary: 'Where it goes; a delivery that is not offered there is dropped',
  body: Address,
  problems: ['cart/not-found', 'cart/checked-out'],
})

export const listDeliveryOptions = defineEndpoint({
  ...common,
  id: 'listDeliveryOptions',
  method: 'GET',
  path: '/carts/{cartId}/delivery-options',
  status: 200,
  summary: 'Deliveries offered for the cart’s address, cheapest first',
  response: z.strictObject({ items: z.array(DeliveryOption) }),
  problems: ['cart/not-found', 'cart/incomplete'],
})

export const putDelivery = defineEndpoint({
  ...common,
  id: 'putDelivery',
  method: 'PUT',
  path: '/carts/{cartId}/delivery',
  status: 200,
  summary: 'Choose a delivery',
  body: z.strictObject({ method: DeliveryMethod }),
  problems: ['cart/not-found', 'cart/checked-out', 'cart/incomplete', 'cart/delivery-not-available'],
})

export const paymentMethods = ['card', 'tabby', 'tamara', 'cod'] as const
export const PaymentMethod = z.enum(paymentMethods)
export type PaymentMethod = z.infer<typeof PaymentMethod>

/** How an order is paid: by a method, or wholly by store credit. */
export const PaidMethod = z.enum([...paymentMethods, 'store-credit'])
export type PaidMethod = z.infer<typeof PaidMethod>

/** Why a method cannot be chosen. Tabby's and Tamara's own refusals are the first three, worded as each of them asks. */
export const methodRefusals = [
  'not-available',
  'amount-too-high',
  'amount-too-low',
  'no-answer',
  'not-in-this-emirate',
  'not-for-these-goods',
  'too-many-open-orders',
  'refused-before',
] as const
export const MethodRefusal = z.enum(methodRefusals)
export type MethodRefusal = z.infer<typeof MethodRefusal>

/** Whether a card is charged at once or its money held: the card fields must be told the same as the payment. */
export const CaptureMethod = z.enum(['automatic', 'manual'])

/** A way to pay a cart or a waiting order, with what it would come to. */
export const PaymentOption = z
  .strictObject({
    method: PaymentMethod,
    /** Null when it can be chosen; a refused one is shown with its reason. */
    refusal: MethodRefusal.nullable(),
    /** What the method adds, VAT included; zero for all but cash. */
    fee: Money,
    /** VAT contained in goods, delivery and fee. */
    vat: Money,
    /** What cash rounds: below zero when the shopper pays less. */
    rounding: Money,
    /** What is paid by it: goods, delivery and fee, less store credit, rounded. */
    due: Money,
    /** How `due` is split; the first part is paid at once. */
    instalments: z.strictObject({ count: z.int(), first: Money, each: Money }).nullable(),
    /** The provider's own words for the method, in the language asked for, where it gives some. */
    label: z.string().nullable(),
    /** What the page needs to draw the card fields. */
    card: z
      .strictObject({
        publishableKey: z.string(),
        scriptUrl: z.string(),
        captureMethod: CaptureMethod,
        /** For a signed-in customer: lets the card fields show and keep their saved cards. */
        customerSession: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'PaymentOption' })
export type PaymentOption = z.infer<typeof PaymentOption>

export const PaymentOptions = z
  .strictObject({
    items: z.array(PaymentOption),
    /** What the signed-in customer's store credit can pay of this; null when there is none. */
    storeCredit: z
      .strictObject({
        balance: Money,
        /** What is taken when it is used: never more than the whole. */
        usable: Money,
        isUsed: z.boolean(),
        /** With it nothing is left to pay: check out with `store-credit`. */
        coversAll: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'PaymentOptions' })
export type PaymentOptions = z.infer<typeof PaymentOptions>

/** `1` asks what is left to pay when store credit pays first. */
export const useCreditQuery = z.strictObject({ storeCredit: z.enum(['0', '1']).optional() })

export const listPaymentMethods = defineEndpoint({
  ...common,
  id: 'listPaymentMethods',
  method: 'GET',
  path: '/carts/{cartId}/payment-methods',
  status: 200,
  summary: 'Ways to pay this cart, each with its fee, its total and why it cannot be chosen',
  query: useCreditQuery,
  response: PaymentOptions,
  problems: ['cart/not-found'],
})

/** Delivery promise for a product page, before there is a cart. */
export const getDeliveryPromise = defineEndpoint({
  id: 'getDeliveryPromise',
  method: 'GET',
  path: '/delivery-promise',
  status: 200,
  tag,
  summary: 'What delivery costs and when it arrives, by emirate',
  auth: 'public',
  rateLimit: 'browse',
  cache: { sMaxAgeSeconds: 60, staleWhileRevalidateSeconds: 60 },
  response: z.strictObject({
    freeOver: Money.nullable(),
    emirates: z.array(z.strictObject({ emirate: z.string(), options: z.array(DeliveryOption) })),
  }),
  problems: [],
})
