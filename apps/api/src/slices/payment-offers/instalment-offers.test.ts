import { expect, test } from 'vitest'
import { unitConfig } from '../../../test/unit-config.ts'
import { offerOfTabby, offerOfTamara } from './instalment-offers.ts'

const script = 'https://checkout.tabby.ai/tabby-promo.js'

test('limits and instalments come from the settings', () => {
  const config = unitConfig({ TABBY_INSTALMENTS: '6', TABBY_MINIMUM_FILS: '5000', TAMARA_MAXIMUM_FILS: '300000' })
  expect(offerOfTabby(config)).toMatchObject({ instalmentCount: 6, minimum: { amount: 5_000, currency: 'AED' } })
  expect(offerOfTamara(config)).toMatchObject({ instalmentCount: null, maximum: { amount: 300_000, currency: 'AED' } })
  expect(offerOfTamara(unitConfig({ TAMARA_INSTALMENTS: '3' }))).toMatchObject({ instalmentCount: 3 })
})

test('a provider’s own snippet is there only with its address and its key', () => {
  expect(offerOfTabby(unitConfig({ TABBY_WIDGET_URL: script, TABBY_PUBLIC_KEY: 'pk_1' })).widget).toEqual({
    scriptUrl: script,
    publicKey: 'pk_1',
    merchantCode: 'AE',
  })
  expect(offerOfTabby(unitConfig({ TABBY_WIDGET_URL: script })).widget).toBeNull()
  expect(offerOfTabby(unitConfig({ TABBY_PUBLIC_KEY: 'pk_1' })).widget).toBeNull()
  const tamara = unitConfig({ TAMARA_WIDGET_URL: 'https://cdn.tamara.co/widget-v2/tamara-widget.js' })
  expect(offerOfTamara(tamara).widget).toBeNull()
})
