import { z } from 'zod'
import { mine } from './account.ts'
import { defineEndpoint } from './endpoint.ts'

/** How the provider of cards names one; it is worth nothing to anybody but the shop's own key. */
const CardId = z.string().regex(/^pm_\w{1,100}$/)

export const maxSavedCards = 10

export const SavedCard = z
  .strictObject({
    id: CardId,
    brand: z.string(),
    last4: z.string(),
    expiryMonth: z.int().min(1).max(12),
    expiryYear: z.int(),
    /** Its last month is over: it is shown so that it can be removed. */
    hasExpired: z.boolean(),
    wallet: z.enum(['apple-pay', 'google-pay', 'link']).nullable(),
  })
  .meta({ id: 'SavedCard' })
export type SavedCard = z.infer<typeof SavedCard>

export const listSavedCards = defineEndpoint({
  id: 'listSavedCards',
  method: 'GET',
  path: '/me/cards',
  status: 200,
  ...mine,
  summary: 'Cards the customer agreed to keep, newest first',
  description: 'Read from the provider: the shop keeps no card, not even its last digits.',
  response: z.strictObject({
    items: z.array(SavedCard),
    /** What the fields for another card are drawn with, before `setUpSavedCard`; null when there are as many as may be kept. */
    fields: z.strictObject({ publishableKey: z.string(), scriptUrl: z.string() }).nullable(),
  }),
  problems: ['payments/provider-unavailable'],
})

export const removeSavedCard = defineEndpoint({
  id: 'removeSavedCard',
  method: 'DELETE',
  path: '/me/cards/{cardId}',
  status: 204,
  ...mine,
  summary: 'Forget a card for good; orders paid by it are untouched',
  params: z.strictObject({ cardId: CardId }),
  problems: ['payments/card-not-found', 'payments/provider-unavailable'],
})

export const SavedCardSetup = z
  .strictObject({ clientSecret: z.string(), publishableKey: z.string(), scriptUrl: z.string() })
  .meta({ id: 'SavedCardSetup' })
export type SavedCardSetup = z.infer<typeof SavedCardSetup>

export const setUpSavedCard = defineEndpoint({
  id: 'setUpSavedCard',
  method: 'POST',
  path: '/me/cards/setup',
  status: 201,
  ...mine,
  // Whoever tries out stolen cards would do it here, where no goods are needed: few an hour, counted where all processes see it.
  rateLimit: 'checkout',
  summary: 'Begin keeping a card without buying anything',
  description:
    'Draw the card fields with the secret and confirm it in the browser. The card is kept once that has succeeded.',
  response: SavedCardSetup,
  problems: ['payments/card-limit', 'payments/provider-unavailable'],
})
