import { z } from 'zod'
import { Address } from './address.ts'
import { CartView, PaidMethod } from './cart.ts'
import { defineEndpoint } from './endpoint.ts'
import { OrderState, PaymentState } from './orders.ts'
import { CartKey, Id, Instant, Locale, Money, OrderNumber, Picture, typedText } from './primitives.ts'

const tag = 'Account'
/** What every endpoint of a customer's own has in common. */
export const mine = { tag, auth: 'customer', rateLimit: 'account' } as const

export const CustomerView = z
  .strictObject({
    id: Id,
    name: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    locale: Locale,
    createdAt: Instant,
    hasPassword: z.boolean(),
    hasTotp: z.boolean(),
    passkeyCount: z.int(),
    recoveryCodesLeft: z.int(),
  })
  .meta({ id: 'Customer' })
export type CustomerView = z.infer<typeof CustomerView>

export const getMe = defineEndpoint({
  id: 'getMe',
  method: 'GET',
  path: '/me',
  status: 200,
  ...mine,
  summary: 'Who is signed in',
  response: CustomerView,
  problems: [],
})

export const updateMe = defineEndpoint({
  id: 'updateMe',
  method: 'PATCH',
  path: '/me',
  status: 200,
  ...mine,
  summary: 'Change name or language',
  body: z.strictObject({ name: typedText({ min: 1, max: 80 }).optional(), locale: Locale.optional() }),
  response: CustomerView,
  problems: [],
})

// --- Addresses

export const maxAddresses = 20

export const SavedAddress = z
  .strictObject({ id: Id, isDefault: z.boolean(), address: Address, updatedAt: Instant })
  .meta({ id: 'SavedAddress' })
export type SavedAddress = z.infer<typeof SavedAddress>

const addressParams = z.strictObject({ addressId: Id })
const addressBody = z.strictObject({ address: Address, isDefault: z.boolean().optional() })

export const listAddresses = defineEndpoint({
  id: 'listAddresses',
  method: 'GET',
  path: '/me/addresses',
  status: 200,
  ...mine,
  summary: 'Saved addresses, the default one first',
  response: z.strictObject({ items: z.array(SavedAddress) }),
  problems: [],
})

export const addAddress = defineEndpoint({
  id: 'addAddress',
  method: 'POST',
  path: '/me/addresses',
  status: 201,
  ...mine,
  summary: 'Save an address; the first one is the default',
  idempotency: 'optional',
  body: addressBody,
  response: SavedAddress,
  problems: ['account/address-limit'],
})

export const replaceAddress = defineEndpoint({
  id: 'replaceAddress',
  method: 'PUT',
  path: '/me/addresses/{addressId}',
  status: 200,
  ...mine,
  summary: 'Change an address or make it the default',
  params: addressParams,
  body: addressBody,
  response: SavedAddress,
  problems: ['account/address-not-found'],
})

export const removeAddress = defineEndpoint({
  id: 'removeAddress',
  method: 'DELETE',
  path: '/me/addresses/{addressId}',
  status: 204,
  ...mine,
  summary: 'Forget an address; orders keep their own copy',
  params: addressParams,
  problems: ['account/address-not-found'],
})

// --- Orders, cart, consents

export const OrderSummary = z
  .strictObject({
    number: OrderNumber,
    state: OrderState,
    paymentState: PaymentState,
    paymentMethod: PaidMethod,
    /** All that was paid, by any means, is given back or on its way. */
    isGivenBack: z.boolean(),
    placedAt: Instant,
    grandTotal: Money,
    itemCount: z.int(),
    /** Of the first few lines. */
    pictures: z.array(Picture),
    firstLineName: z.string(),
  })
  .meta({ id: 'OrderSummary' })
export type OrderSummary = z.infer<typeof OrderSummary>

export const listMyOrders = defineEndpoint({
  id: 'listMyOrders',
  method: 'GET',
  path: '/me/orders',
  status: 200,
  ...mine,
  summary: 'The customer’s orders, newest first; `GET /orders/{number}` shows one',
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(50).default(20),
    cursor: z.string().max(200).optional(),
  }),
  response: z.strictObject({ items: z.array(OrderSummary), nextCursor: z.string().nullable() }),
  problems: ['catalog/cursor-invalid'],
})

export const takeCart = defineEndpoint({
  id: 'takeCart',
  method: 'POST',
  path: '/me/cart',
  status: 200,
  ...mine,
  summary: 'The customer’s cart; a guest’s cart that is named becomes theirs, or is poured into it',
  description:
    'Quantities of the same variant add up, as far as stock and limits let them. The guest’s cart is gone afterwards.',
  body: z.strictObject({ cartId: CartKey.nullable() }),
  response: z.strictObject({ cart: CartView.nullable(), addedLines: z.int() }),
  problems: [],
})

export const consentChannels = ['email', 'sms', 'whatsapp', 'push', 'phone'] as const
export const ConsentChannel = z.enum(consentChannels)
export type ConsentChannel = z.infer<typeof ConsentChannel>

/** The words customers agree to; a new version when they change in either language. */
export const consentWordingVersion = '2026-11'

export const ConsentView = z
  .strictObject({
    channel: ConsentChannel,
    purpose: z.literal('marketing'),
    isGranted: z.boolean(),
    /** Null when nothing was ever said, which is no. */
    decidedAt: Instant.nullable(),
  })
  .meta({ id: 'Consent' })
export type ConsentView = z.infer<typeof ConsentView>

const consentList = z.strictObject({ items: z.array(ConsentView) })

export const listConsents = defineEndpoint({
  id: 'listConsents',
  method: 'GET',
  path: '/me/consents',
  status: 200,
  ...mine,
  summary: 'What the customer agreed to hear about, by channel',
  response: consentList,
  problems: [],
})

export const putConsents = defineEndpoint({
  id: 'putConsents',
  method: 'PUT',
  path: '/me/consents',
  status: 200,
  ...mine,
  summary: 'Agree or stop agreeing; what changes is added to a ledger that keeps everything',
  body: z.strictObject({
    wordingVersion: z.literal(consentWordingVersion),
    items: z.array(z.strictObject({ channel: ConsentChannel, isGranted: z.boolean() })).max(consentChannels.length),
  }),
  response: consentList,
  problems: [],
})
