import type { OrderView } from '@dhow/contracts/orders.ts'
import { createTranslator } from '@dhow/i18n/translate.ts'
import type { Config } from '../../config.ts'
import type { EmailMessage } from '../../providers/email/port.ts'
import { accountMailHtml } from './account-mail-html.ts'
import { accountMailText } from './account-mail-text.ts'
import type { AccountMail } from './account-message.ts'
import { merchantOf } from './mail-merchant.ts'
import { amountText, oneLine } from './mail-text.ts'

interface NewsOf {
  order: OrderView
  /** Opens the order without signing in. */
  token: string
}

type Refund = OrderView['refunds'][number]

type Said = Pick<AccountMail, 'subject' | 'line' | 'facts'> & { category: EmailMessage['category'] }

/** A short mail about an order, in the order's own language: what happened, the facts, and a way to its page. */
function write(config: Config, { order, token }: NewsOf, said: Said): Omit<EmailMessage, 'notificationId'> {
  const { locale, number, contact } = order
  const t = createTranslator(locale)
  const merchant = merchantOf(config, locale)
  const mail: AccountMail = {
    locale,
    subject: oneLine(said.subject),
    name: contact.name,
    line: said.line,
    facts: said.facts,
    button: { url: `${config.WEBSITE_URL}/${locale}/orders/${number}?key=${token}`, label: t('email.order-news.open') },
    next: null,
    isUndo: false,
    asksWhetherYou: false,
    isOfBackOffice: false,
    why: t('email.order-news.why', { merchant: merchant.name }),
    merchant,
    websiteUrl: config.WEBSITE_URL,
  }
  return {
    to: contact.email,
    from: { email: config.MAIL_FROM, name: oneLine(merchant.name) },
    replyTo: config.MERCHANT_EMAIL,
    subject: mail.subject,
    text: accountMailText(mail),
    html: accountMailHtml(mail),
    category: said.category,
  }
}

/** Money is on its way back, or has become credit. */
export function writeRefundNews(config: Config, news: NewsOf & { refund: Refund }) {
  const { order, refund } = news
  const { locale, number } = order
  const t = createTranslator(locale)
  const amount = amountText(refund.amount, locale)
  return write(config, news, {
    subject: t('email.order-refunded.subject', { number }),
    line: t(`email.order-refunded.line.${refund.destination}`, { amount }),
    facts: [
      { label: t('email.order-refunded.amount'), value: amount },
      { label: t('email.order-refunded.number'), value: number },
    ],
    category: 'order-refunded',
  })
}

/** The shop has called an order off whose money was never taken. */
export function writeCancelNews(config: Config, news: NewsOf) {
  const { locale, number, payment } = news.order
  const t = createTranslator(locale)
  return write(config, news, {
    subject: t('email.order-cancelled.subject', { number }),
    line: t(payment.method === 'cod' ? 'email.order-cancelled.line.cash' : 'email.order-cancelled.line'),
    facts: [{ label: t('email.order-refunded.number'), value: number }],
    category: 'order-cancelled',
  })
}
