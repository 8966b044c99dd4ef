import type { OrderView } from '@dhow/contracts/orders.ts'
import { createTranslator } from '@dhow/i18n/translate.ts'
import type { Config } from '../../config.ts'
import type { EmailMessage } from '../../providers/email/port.ts'
import { merchantOf } from './mail-merchant.ts'
import type { MailMerchant } from './mail-merchant.ts'
import { oneLine } from './mail-text.ts'
import { orderConfirmationHtml } from './order-confirmation-html.ts'
import { orderConfirmationText } from './order-confirmation-text.ts'

export interface OrderMail {
  order: OrderView
  /** Opens the order without signing in: its token is in it. */
  orderUrl: string
  websiteUrl: string
  merchant: MailMerchant
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
