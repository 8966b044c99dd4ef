import { z } from 'zod'
import { PaymentMethod } from './cart.ts'
import { defineEndpoint } from './endpoint.ts'
import { Money } from './primitives.ts'

/** What pages that have no order yet say about paying in instalments: the words are the website's, the facts are these. */
export const InstalmentOffer = z
  .strictObject({
    /** False when the provider is not configured: nothing is said about it then. */
    isShown: z.boolean(),
    /** Equal payments an amount is split into; null where only the provider itself says into how many. */
    instalmentCount: z.int().nullable(),
    /** Between them the provider usually lends; what it says about a shopper comes at the checkout. */
    minimum: Money,
    maximum: Money,
    /** The provider's own snippet, where the shop has switched it on; null shows our words alone. */
    widget: z
      .strictObject({
        scriptUrl: z.string(),
        publicKey: z.string(),
        /** What Tabby calls a shop; Tamara knows it by the key. */
        merchantCode: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'InstalmentOffer' })
export type InstalmentOffer = z.infer<typeof InstalmentOffer>

export const getPaymentOffers = defineEndpoint({
  id: 'getPaymentOffers',
  method: 'GET',
  path: '/payment-offers',
  status: 200,
  tag: 'Cart',
  summary: 'The ways to pay the shop has, and what pages may say about paying in instalments',
  auth: 'public',
  rateLimit: 'browse',
  cache: { sMaxAgeSeconds: 60, staleWhileRevalidateSeconds: 60 },
  response: z.strictObject({
    /** For some carts and shoppers; the checkout says for which. */
    methods: z.array(PaymentMethod),
    tabby: InstalmentOffer,
    tamara: InstalmentOffer,
  }),
  problems: [],
})
