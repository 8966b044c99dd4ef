import { getPaymentOffers } from '@dhow/contracts/payment-offers.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { offerOfTabby, offerOfTamara } from './instalment-offers.ts'

/** Instalments as product and cart pages speak of them. Nobody is asked: it is all configuration. */
export function mountPaymentOffers(api: Api): void {
  const { config, providers } = api.ctx
  mount(api, getPaymentOffers, () =>
    Promise.resolve({
      tabby: { ...offerOfTabby(config), isShown: providers.payments.tabby !== undefined },
      tamara: { ...offerOfTamara(config), isShown: providers.payments.tamara !== undefined },
    }),
  )
}
