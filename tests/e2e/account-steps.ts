import { createHmac } from 'node:crypto'
import { requestCode, verifyCode } from '@dhow/contracts/auth.ts'
import type { MessageId } from '@dhow/i18n/translator.ts'
import type { Locator } from 'playwright-core'
import type { Visitor } from './browser.ts'
import { goOn } from './checkout-steps.ts'
import type { Shop } from './shop.ts'
import { codeTo } from './texts.ts'

let people = 0

/** A mobile number nobody else of this file has. */
export function newPhone(): string {
  people += 1
  return `+9715055${String(10_000 + people)}`
}

export const press = ({ page, t }: Visitor, id: MessageId): Locator =>
  page.getByRole('button', { name: t(id), exact: true })

export const textbox = ({ page, t }: Visitor, id: MessageId): Locator => page.getByRole('textbox', { name: t(id) })

/** Types a number on the page of signing in, then the code that is sent to it. Leaves off where the code leads. */
export async function giveCode(shop: Shop, visitor: Visitor, phone: string, count = 1): Promise<void> {
  await textbox(visitor, 'signIn.identifier').fill(phone)
  await goOn(visitor, press(visitor, 'signIn.submit'), visitor.t('signIn.code.title'))
  await textbox(visitor, 'signIn.code').fill(await codeTo(shop, phone, count))
  await press(visitor, 'signIn.code.submit').click()
}

/** Opens the page of signing in and ends on the account's own. */
export async function signIn(shop: Shop, visitor: Visitor, phone: string): Promise<void> {
  await visitor.open('/sign-in')
  await giveCode(shop, visitor, phone)
  await seeAccount(visitor)
}

export async function seeAccount({ page, t, settled, locale }: Visitor): Promise<void> {
  await page.waitForURL(`**/${locale}/account`)
  await page.getByRole('heading', { level: 2, name: t('account.lastOrder') }).waitFor()
  await settled()
}

/** Presses whichever of the two ways out the window shows. */
export async function signOut({ page, t, locale, settled }: Visitor): Promise<void> {
  await page.goto(`/${locale}/account`)
  await page
    .getByRole('button', { name: t('account.signOut') })
    .filter({ visible: true })
    .click()
  await page.waitForURL(`**/${locale}`)
  await settled()
}

/** Signs a browser in over HTTP, where how is not what is tested. Needs a shop whose first codes are free. */
export async function signInDirectly(
  shop: Shop,
  { context }: Pick<Visitor, 'context'>,
  phone: string,
): Promise<string> {
  const { challengeId } = await shop.api.call(requestCode, { body: { phone } })
  const code = await codeTo(shop, phone)
  const result = await shop.api.call(verifyCode, { body: { challengeId, code } })
  if (result.kind !== 'signed-in') throw new Error('this account asks for a second step')
  const { accessToken, refreshToken } = result.tokens
  const cookie = { url: shop.url, httpOnly: true, sameSite: 'Lax' } as const
  await context.addCookies([
    { ...cookie, name: 'dhow_access', value: accessToken },
    { ...cookie, name: 'dhow_refresh', value: refreshToken },
    { ...cookie, name: 'dhow_signed_in', value: '1', httpOnly: false },
  ])
  return accessToken
}

/**
 * A passkey device plugged into the shown page (Chromium's virtual authenticator). It says yes to whatever asks, autofill included;
 * the function that comes back makes it stop and begin to.
 */
export async function plugInAuthenticator({ page, context }: Visitor): Promise<(isTouched: boolean) => Promise<void>> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return async (isTouched) => {
    await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: isTouched })
  }
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What an authenticator app would show: RFC 6238 with the defaults every app has. */
export function appCode(secret: string, atMs: number): string {
  const bits = Array.from(secret, (letter) => base32.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}
