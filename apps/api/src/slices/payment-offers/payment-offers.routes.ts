import { paymentMethods } from '@dhow/contracts/cart.ts'
import { getPaymentOffers } from '@dhow/contracts/payment-offers.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { offeredProvider } from '../payment-options/payment-options.ts'
import { offerOfTabby, offerOfTamara } from './instalment-offers.ts'

/** Ways to pay as pages without an order speak of them. Nobody is asked: it is all configuration. */
export function mountPaymentOffers(api: Api): void {
  const { config } = api.ctx
  const methods = paymentMethods.filter((method) => offeredProvider(api.ctx, method) !== undefined)
  mount(api, getPaymentOffers, () =>
    Promise.resolve({
      methods,
      tabby: { ...offerOfTabby(config), isShown: methods.includes('tabby') },
      tamara: { ...offerOfTamara(config), isShown: methods.includes('tamara') },
    }),
  )
}
