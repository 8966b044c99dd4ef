import type { Locale } from '@dhow/i18n/locales.ts'
import { createTranslator } from '@dhow/i18n/translate.ts'
import { expect } from 'vitest'
import type { Shop } from './shop.ts'

interface Confirmation {
  html: string
  text: string
  /** The link that opens the order. */
  link: string
}

/** Waits for the one confirmation of an order in the sandbox's inbox. */
export async function confirmationMail(
  shop: Shop,
  email: string,
  number: string,
  locale: Locale,
): Promise<Confirmation> {
  const subject = createTranslator(locale)('email.order-confirmed.subject', { number })
  const subjects = () => shop.sandbox.control.inbox(email).map((mail) => mail.subject)
  await expect.poll(subjects, { timeout: 20_000 }).toEqual([subject])
  const [mail] = shop.sandbox.control.inbox(email)
  const text = mail?.text ?? ''
  const link = text.match(/https?:\/\/\S+\/orders\/\S+/)?.[0]
  if (!link) throw new Error(`the mail has no link to the order:\n${text}`)
  return { html: mail?.html ?? '', text, link }
}

/** Waits for a mail with a link to this path, and gives the link of the newest. */
export async function linkTo(shop: Shop, email: string, path: string): Promise<string> {
  const find = () =>
    shop.sandbox.control
      .inbox(email)
      .flatMap((mail) => mail.text?.match(/https?:\/\/\S+/g) ?? [])
      .find((link) => link.includes(path))
  await expect.poll(find, { timeout: 20_000 }).toBeDefined()
  return find() ?? ''
}
