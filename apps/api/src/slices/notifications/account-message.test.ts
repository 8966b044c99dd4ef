import { expect, test } from 'vitest'
import { unitConfig } from '../../../test/unit-config.ts'
import { messageKinds } from '../identity/identity.ts'
import type { AccountMessage } from '../identity/identity.ts'
import { accountMailHtml } from './account-mail-html.ts'
import { accountMailText } from './account-mail-text.ts'
import { accountMail, accountText, textKinds } from './account-message.ts'
import { merchantOf } from './mail-merchant.ts'

const config = unitConfig()
const token = 'T'.repeat(43)

const details: Partial<Record<AccountMessage['kind'], Record<string, string>>> = {
  'second-factor-changed': { change: 'totp-added' },
  'new-device': { client: 'Chrome on Android', city: 'Dubai', country: 'AE', at: '2026-11-24T08:00:00.000Z' },
  'session-stolen': { client: 'Safari on iPhone', city: '', country: '', at: '2026-11-24T08:00:00.000Z' },
  'staff-roles-changed': { roles: 'packer, support' },
  'approval-requested': { action: 'staff.grant-roles', by: 'Omar' },
  'factors-reset-agreed': { at: '2026-11-24T08:00:00.000Z' },
  'security-alert': { rule: 'TR-1', subject: 'network', evidence: 'failures: 240' },
}
const links: Partial<Record<AccountMessage['kind'], NonNullable<AccountMessage['link']>['purpose']>> = {
  register: 'register',
  'reset-password': 'reset-password',
  'change-email': 'change-email',
  'email-changed': 'undo-change',
  'phone-changed': 'undo-change',
  'password-changed': 'undo-change',
  'second-factor-changed': 'undo-change',
  'staff-invite': 'staff-invite',
}

function message(wish: Partial<AccountMessage> & Pick<AccountMessage, 'kind'>): AccountMessage {
  const purpose = links[wish.kind]
  return {
    id: '0192a000-0000-7000-8000-00000000000a',
    channel: 'email',
    locale: 'en',
    state: 'queued',
    createdAt: new Date('2026-11-24T08:00:00Z'),
    sendingSince: null,
    content: { to: 'mariam@example.com', name: 'Mariam', details: details[wish.kind] ?? {} },
    link: purpose ? { purpose, token } : null,
    isStale: false,
    ...wish,
  }
}

function write(wish: Parameters<typeof message>[0]) {
  const made = message(wish)
  const mail = accountMail(config, made, merchantOf(config, made.locale))
  return { ...mail, text: accountMailText(mail), html: accountMailHtml(mail) }
}

const cases = messageKinds.flatMap((kind) => (['en', 'ar'] as const).map((locale) => [kind, locale] as const))

test.each(cases)('a mail about %s in %s has all its words, as text and as HTML', (kind, locale) => {
  const { subject, text, html } = write({ kind, locale })
  expect(subject.length).toBeGreaterThan(5)
  for (const said of [subject, text, html]) expect(said).not.toMatch(/undefined|\[object|\{\w+[,}]|\bnull\b/)
  expect(text).toContain('Mariam')
  expect(html).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`)
  expect(html).toContain('Mariam')
  expect(/[\u0600-\u06FF]/.test(subject)).toBe(locale === 'ar')
  const paragraphs = [...html.matchAll(/<p [^>]*>([^]*?)<\/p>/g)].map((match) => match[1]?.trim())
  expect(paragraphs.every(Boolean)).toBe(true)
})

test.each(messageKinds)('a mail about %s greets nobody by a name it does not know', (kind) => {
  const content = { to: 'mariam@example.com', name: null, details: details[kind] ?? {} }
  expect(write({ kind, content }).text.startsWith('Hello,\n')).toBe(true)
  expect(write({ kind, content, locale: 'ar' }).text.startsWith('مرحبًا،\n')).toBe(true)
})

test.each([
  ['register', 'https://shop.example/ar/account/verify'],
  ['reset-password', 'https://shop.example/ar/account/reset'],
  ['change-email', 'https://shop.example/ar/account/email'],
  ['password-changed', 'https://shop.example/ar/account/undo'],
  ['email-changed', 'https://shop.example/ar/account/undo'],
  ['phone-changed', 'https://shop.example/ar/account/undo'],
  ['second-factor-changed', 'https://shop.example/ar/account/undo'],
  ['staff-invite', 'https://admin.shop.example/invite'],
] as const)('the link of %s leads to %s', (kind, page) => {
  const { text, html } = write({ kind, locale: 'ar' })
  expect(text).toContain(`${page}?token=${token}\n`)
  expect(html).toContain(`href="${page}?token=${token}"`)
})

test('a mail without a link has no button, and asks whether it was them where it matters', () => {
  const { text, html } = write({ kind: 'password-changed', link: null })
  expect(html).not.toContain('token=')
  expect(text).toContain('Was this not you? Tell us at once')
  expect(text).not.toContain('72 hours')
})

test('which factor changed is said, and one without words yet is left out', () => {
  const texts = ['totp-added', 'passkey-removed', 'something-new'].map(
    (change) =>
      write({ kind: 'second-factor-changed', content: { to: 'm@example.com', name: null, details: { change } } }).text,
  )
  expect(texts[0]).toContain('An authenticator app was added.')
  expect(texts[1]).toContain('A passkey was removed.')
  expect(texts[2]).not.toContain('Change:')
})

test('a name cannot bring HTML or a header into a mail', () => {
  const name = '<img src=x onerror=alert(1)>\r\nBcc: all@example.com'
  const { html, text, subject } = write({ kind: 'register', content: { to: 'm@example.com', name, details: {} } })
  expect(html).not.toContain('<img')
  expect(text).not.toMatch(/^Bcc:/m)
  expect(subject).not.toContain('\n')
})

test.each(textKinds.flatMap((kind) => (['en', 'ar'] as const).map((locale) => [kind, locale] as const)))(
  'an SMS about %s in %s is one segment without link or number',
  (kind, locale) => {
    const made = message({ kind, locale, channel: 'sms' })
    const text = accountText(made, merchantOf(config, locale))
    expect(text.length).toBeLessThanOrEqual(locale === 'ar' ? 70 : 160)
    expect(text).not.toMatch(/https?:|www\.|\d{4}/)
    expect(text).not.toMatch(/undefined|[{}]/)
  },
)

test('what is only mailed cannot become an SMS', () => {
  expect(() => accountText(message({ kind: 'reset-password' }), merchantOf(config, 'en'))).toThrow(/no words/)
})
