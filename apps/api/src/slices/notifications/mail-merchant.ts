import type { Locale } from '@dhow/i18n/locales.ts'
import type { Config } from '../../config.ts'

/** Who sells, in the language of the mail. */
export interface MailMerchant {
  name: string
  legalName: string
  trn: string
  address: string
  phone: string
}

export function merchantOf(config: Config, locale: Locale): MailMerchant {
  const isArabic = locale === 'ar'
  return {
    name: isArabic ? config.MERCHANT_NAME_AR : config.MERCHANT_NAME_EN,
    legalName: isArabic ? config.MERCHANT_LEGAL_NAME_AR : config.MERCHANT_LEGAL_NAME_EN,
    trn: config.MERCHANT_TRN,
    address: isArabic ? config.MERCHANT_ADDRESS_AR : config.MERCHANT_ADDRESS_EN,
    phone: config.MERCHANT_PHONE,
  }
}
