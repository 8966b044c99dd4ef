import type { ApiClient } from '@dhow/api-client/api-client.ts'
import type { PaymentMethod } from '@dhow/contracts/cart.ts'
import type { ResponseOf } from '@dhow/contracts/endpoint.ts'
import { getPaymentOffers } from '@dhow/contracts/payment-offers.ts'
import { keepAnswers } from './kept-answers.ts'

export type PaymentOffers = ResponseOf<typeof getPaymentOffers>

export interface KeptOffers {
  /** What may be said about paying in instalments; null when the API cannot say: pages do without. */
  find(api: ApiClient): Promise<PaymentOffers | null>
  /** The ways to pay, as far as they are known already: no page waits for them. */
  methods(api: ApiClient): readonly PaymentMethod[]
}

export function keepOffers(nowMs: () => number): KeptOffers {
  const kept = keepAnswers<'offers', PaymentOffers>(nowMs)
  const askOf = (api: ApiClient) => () => api.call(getPaymentOffers, {})
  return {
    async find(api) {
      try {
        return await kept.get('offers', askOf(api))
      } catch {
        return null
      }
    },
    methods: (api) => kept.known('offers', askOf(api))?.methods ?? [],
  }
}
