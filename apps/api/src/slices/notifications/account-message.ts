import type { Locale } from '@dhow/i18n/locales.ts'
import { formatterFor } from '@dhow/i18n/format.ts'
import { createTranslator } from '@dhow/i18n/translate.ts'
import type { MessageId } from '@dhow/i18n/translator.ts'
import type { Config } from '../../config.ts'
import type { AccountMessage, MessageKind } from '../identity/identity.ts'
import type { MailMerchant } from './mail-merchant.ts'
import { oneLine } from './mail-text.ts'

/** Kinds of message that come with a line on what to do next, with a button, or by SMS as well. */
const withNext = [
  'register',
  'already-registered',
  'reset-password',
  'change-email',
  'password-locked',
  'new-device',
  'session-stolen',
  'staff-invite',
  'factors-reset-agreed',
] as const
const withButton = ['register', 'reset-password', 'change-email', 'staff-invite'] as const
export const textKinds = [
  'email-changed',
  'phone-changed',
  'password-changed',
  'password-locked',
  'second-factor-changed',
  'recovery-code-used',
  'new-device',
  'session-stolen',
  'account-disabled',
] as const
/** What is said to staff, in words of the back office. */
const ofBackOffice: ReadonlySet<MessageKind> = new Set([
  'staff-invite',
  'staff-roles-changed',
  'approval-requested',
  'factors-reset-agreed',
  'security-alert',
])
/** Something was done that only the owner should have done. */
const maybeNotYou: ReadonlySet<MessageKind> = new Set([
  'email-changed',
  'phone-changed',
  'password-changed',
  'second-factor-changed',
  'recovery-code-used',
])

const isIn = <K extends MessageKind>(kinds: readonly K[], kind: MessageKind): kind is K =>
  kinds.some((one) => one === kind)

/** A label and what stands beside it, such as the device that signed in. */
export interface Fact {
  label: string
  value: string
}

/** What a mail about an account says, before it is drawn as text or HTML. */
export interface AccountMail {
  locale: Locale
  subject: string
  /** As it is greeted; null when no name is known. */
  name: string | null
  line: string
  facts: Fact[]
  button: { url: string; label: string } | null
  next: string | null
  isUndo: boolean
  /** Ask whether it was them, when there is no button to take it back. */
  asksWhetherYou: boolean
  isOfBackOffice: boolean
  /** Why they get this mail, where it is not about an account. */
  why?: string
  merchant: MailMerchant
  websiteUrl: string
}

const pages = {
  register: 'verify',
  'reset-password': 'reset',
  'change-email': 'email',
  'undo-change': 'undo',
} as const

function urlOf(config: Config, locale: Locale, link: NonNullable<AccountMessage['link']>): string {
  return link.purpose === 'staff-invite'
    ? `${config.ADMIN_URL}/invite?token=${link.token}`
    : `${config.WEBSITE_URL}/${locale}/account/${pages[link.purpose]}?token=${link.token}`
}

const factorChanges = [
  'totp-added',
  'totp-replaced',
  'totp-removed',
  'passkey-added',
  'passkey-removed',
  'recovery-codes-renewed',
] as const

/** What two people do; an action of a later release is told by its name. */
const approvalActions = ['staff.grant-roles', 'staff.reset-factors', 'payments.refund', 'store-credit.adjust'] as const

const factNames = ['change', 'client', 'place', 'at', 'roles', 'action', 'by', 'rule', 'subject', 'evidence'] as const

/** Details in a fixed order; what is empty is not said. */
function factsOf({ locale, content }: AccountMessage): Fact[] {
  const t = createTranslator(locale)
  const { city, country, at, change, action, ...rest } = content.details
  const knownAction = approvalActions.find((one) => one === action)
  const known = factorChanges.find((one) => one === change)
  const comma = locale === 'ar' ? '، ' : ', '
  const values: Readonly<Record<string, string | number>> = {
    ...rest,
    action: knownAction ? t(`email.account.action.${knownAction}`) : (action ?? ''),
    change: known ? t(`email.account.factor.${known}`) : '',
    place: [city, country].filter(Boolean).join(comma),
    at: at ? formatterFor(locale).dateTime(String(at)) : '',
  }
  return factNames
    .map((name) => ({ label: t(`email.account.fact.${name}`), value: String(values[name] ?? '') }))
    .filter(({ value }) => value !== '')
}

function buttonOf(config: Config, { kind, locale, link }: AccountMessage): AccountMail['button'] {
  const t = createTranslator(locale)
  if (!link) return null
  const id: MessageId = isIn(withButton, kind) ? `email.account.${kind}.open` : 'email.account.undo.open'
  return { url: urlOf(config, locale, link), label: t(id) }
}

/** What is said by mail. Pure: the same message gives the same mail. */
export function accountMail(config: Config, message: AccountMessage, merchant: MailMerchant): AccountMail {
  const { kind, locale, content, link } = message
  const t = createTranslator(locale)
  const isUndo = link?.purpose === 'undo-change'
  const values = { merchant: merchant.name, rule: '', ...content.details }
  return {
    locale,
    subject: oneLine(t(`email.account.${kind}.subject`, values)),
    name: content.name,
    line: t(`email.account.${kind}.line`, values),
    facts: factsOf(message),
    button: buttonOf(config, message),
    next: isIn(withNext, kind) ? t(`email.account.${kind}.next`) : null,
    isUndo,
    asksWhetherYou: maybeNotYou.has(kind) && !isUndo,
    isOfBackOffice: ofBackOffice.has(kind),
    merchant,
    websiteUrl: config.WEBSITE_URL,
  }
}

/** What is said by SMS: no links, no numbers. Throws for a kind that is only mailed. */
export function accountText({ kind, locale }: AccountMessage, merchant: MailMerchant): string {
  if (!isIn(textKinds, kind)) throw new Error(`${kind} has no words for an SMS`)
  return createTranslator(locale)(`sms.${kind}`, { merchant: merchant.name })
}
