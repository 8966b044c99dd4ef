import type { OrderView } from '@dhow/contracts/orders.ts'
import { createTranslator } from '@dhow/i18n/translate.ts'
import type { Config } from '../../config.ts'
import type { EmailMessage } from '../../providers/email/port.ts'
import { oneLine } from './mail-text.ts'
import { orderConfirmationHtml } from './order-confirmation-html.ts'
import { orderConfirmationText } from './order-confirmation-text.ts'

/** Who sells, in the language of the mail. */
export interface MailMerchant {
  name: string
  legalName: string
  trn: string
  address: string
  phone: string
}

export interface OrderMail {
  order: OrderView
  /** Opens the order without signing in: its token is in it. */
  orderUrl: string
  websiteUrl: string
  merchant: MailMerchant
}

function merchantOf(config: Config, locale: OrderView['locale']): MailMerchant {
  const isArabic = locale === 'ar'
  return {
    name: isArabic ? config.MERCHANT_NAME_AR : config.MERCHANT_NAME_EN,
    legalName: isArabic ? config.MERCHANT_LEGAL_NAME_AR : config.MERCHANT_LEGAL_NAME_EN,
    trn: config.MERCHANT_TRN,
    address: isArabic ? config.MERCHANT_ADDRESS_AR : config.MERCHANT_ADDRESS_EN,
    phone: config.MERCHANT_PHONE,
  }
}

/** Writes the confirmation of an order in the order's own language. Pure: the same order gives the same mail. */
export function writeOrderConfirmation(
  config: Config,
  { order, token }: { order: OrderView; token: string },
): Omit<EmailMessage, 'notificationId'> {
  const { locale } = order
  const merchant = merchantOf(config, locale)
  const orderUrl = `${config.WEBSITE_URL}/${locale}/orders/${order.number}?key=${token}`
  const mail: OrderMail = { order, orderUrl, websiteUrl: config.WEBSITE_URL, merchant }
  const subject = oneLine(createTranslator(locale)('email.order-confirmed.subject', { number: order.number }))
  return {
    to: order.contact.email,
    from: { email: config.MAIL_FROM, name: oneLine(merchant.name) },
    replyTo: config.MERCHANT_EMAIL,
    subject,
    text: orderConfirmationText(mail),
    html: orderConfirmationHtml({ ...mail, subject }),
    category: 'order-confirmed',
  }
}
