import type { ApiClient } from '@dhow/api-client/api-client.ts'
import type { ResponseOf } from '@dhow/contracts/endpoint.ts'
import { getPaymentOffers } from '@dhow/contracts/payment-offers.ts'
import { keepAnswers } from './kept-answers.ts'

export type PaymentOffers = ResponseOf<typeof getPaymentOffers>

export interface KeptOffers {
  /** What may be said about paying in instalments; null when the API cannot say: pages do without. */
  find(api: ApiClient): Promise<PaymentOffers | null>
}

export function keepOffers(nowMs: () => number): KeptOffers {
  const kept = keepAnswers<'offers', PaymentOffers>(nowMs)
  return {
    async find(api) {
      try {
        return await kept.get('offers', () => api.call(getPaymentOffers, {}))
      } catch {
        return null
      }
    },
  }
}
