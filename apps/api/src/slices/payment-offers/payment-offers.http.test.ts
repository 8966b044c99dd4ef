import { getPaymentOffers } from '@dhow/contracts/payment-offers.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'

const settings = {
  TAMARA_API_TOKEN: '',
  COD_ENABLED: 'false',
  TABBY_WIDGET_URL: 'https://checkout.tabby.ai/tabby-promo.js',
}
const { api, baseUrl } = await startTestApp({ env: settings })

test('offers name the providers that are configured, and are public and cached for everybody', async () => {
  const offers = await api.call(getPaymentOffers, {})
  expect(offers.methods).toEqual(['card', 'tabby'])
  expect(offers.tabby).toEqual({
    isShown: true,
    instalmentCount: 4,
    minimum: { amount: 1_000, currency: 'AED' },
    maximum: { amount: 1_000_000, currency: 'AED' },
    widget: { scriptUrl: settings.TABBY_WIDGET_URL, publicKey: 'pk_test_dhow_tabby', merchantCode: 'AE' },
  })
  expect(offers.tamara).toMatchObject({ isShown: false, widget: null })
  const { headers } = await fetch(`${baseUrl}/api/v1/payment-offers`)
  expect(headers.get('cache-control')).toContain('s-maxage=60')
})
