import type { InstalmentOffer } from '@dhow/contracts/payment-offers.ts'
import { money } from '@dhow/money/money.ts'
import type { Config } from '../../config.ts'

type Offer = Omit<InstalmentOffer, 'isShown'>
type Widget = NonNullable<Offer['widget']>

/** A snippet without its key would draw an error into the page. */
const widgetOf = (widget: Widget): Offer['widget'] =>
  widget.scriptUrl === '' || widget.publicKey === '' ? null : widget

export const offerOfTabby = (config: Config): Offer => ({
  instalmentCount: config.TABBY_INSTALMENTS,
  minimum: money(config.TABBY_MINIMUM_FILS),
  maximum: money(config.TABBY_MAXIMUM_FILS),
  widget: widgetOf({
    scriptUrl: config.TABBY_WIDGET_URL,
    publicKey: config.TABBY_PUBLIC_KEY,
    merchantCode: config.TABBY_MERCHANT_CODE,
  }),
})

export const offerOfTamara = (config: Config): Offer => ({
  instalmentCount: config.TAMARA_INSTALMENTS ?? null,
  minimum: money(config.TAMARA_MINIMUM_FILS),
  maximum: money(config.TAMARA_MAXIMUM_FILS),
  widget: widgetOf({ scriptUrl: config.TAMARA_WIDGET_URL, publicKey: config.TAMARA_PUBLIC_KEY, merchantCode: null }),
})
