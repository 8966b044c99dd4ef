import type { Translator } from '@dhow/i18n/translator.ts'

/** The address form's labels by field, for the fields and for the list of what needs another look. */
export const addressLabels = (t: Translator) => ({
  emirate: t('checkout.address.emirate'),
  area: t('checkout.address.area'),
  kind: t('checkout.address.kind'),
  building: t('checkout.address.building'),
  unit: t('checkout.address.unit'),
  street: t('checkout.address.street'),
  landmark: t('checkout.address.landmark'),
  makani: t('checkout.address.makani'),
  notes: t('checkout.address.notes'),
  recipientName: t('checkout.address.recipientName'),
  phone: t('checkout.address.phone'),
})
