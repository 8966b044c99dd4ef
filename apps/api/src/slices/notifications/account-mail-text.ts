import { createTranslator } from '@dhow/i18n/translate.ts'
import type { AccountMail } from './account-message.ts'
import { isolate, isolateLtr } from './mail-text.ts'

/** The part for programs and people who read no HTML: the same, in the same order. */
export function accountMailText(mail: AccountMail): string {
  const { locale, merchant, name, line, facts, button, next } = mail
  const t = createTranslator(locale)
  const phone = isolateLtr(merchant.phone, locale)
  const sections = [
    [name ? t('email.account.hello', { name: isolate(name, locale) }) : t('email.account.hello.nameless')],
    [line],
    facts.map(({ label, value }) => `${label}: ${isolate(value, locale)}`),
    [next ?? ''],
    [mail.isUndo ? t('email.account.undo') : ''],
    button ? [`${button.label}:`, button.url] : [],
    [mail.asksWhetherYou ? t('email.account.not-you', { phone }) : ''],
    [mail.isOfBackOffice || mail.asksWhetherYou ? '' : t('email.account.help', { phone })],
    [
      merchant.legalName,
      merchant.address,
      mail.why ?? t(mail.isOfBackOffice ? 'email.account.why.staff' : 'email.account.why', { merchant: merchant.name }),
    ],
  ]
  const said = sections.map((lines) => lines.filter(Boolean)).filter((lines) => lines.length > 0)
  return `${said.map((lines) => lines.join('\n')).join('\n\n')}\n`
}
