import { textsOf } from '../../apps/sandbox/src/tabby/texts.ts'
import { hostedTexts } from '../../apps/sandbox/src/tamara/hosted-texts.ts'
import type { Visitor } from './browser.ts'

/** The lenders' test cards and codes, as their documentation names them. */
const tabbyCode = '8888'
const tamaraCard = { number: '5436031030606378', expiry: '01/99', cvc: '257' }

type AtLender = Pick<Visitor, 'page' | 'locale'>

/** People Tabby's sandbox knows by their e-mail and phone. */
export const tabbyPeople = {
  approved: { email: 'otp.success@tabby.ai', phone: '+971500000001' },
  refusedAtOnce: { email: 'otp.success@tabby.ai', phone: '+971500000002' },
  refusedAfterCode: { email: 'otp.rejected@tabby.ai', phone: '+971500000001' },
}

/** From Tabby's first page to the last button: the code, the plan, yes. A refusal comes after the code. */
export async function agreeAtTabby({ page, locale }: AtLender, isRefused = false): Promise<void> {
  const texts = textsOf(locale)
  const press = (name: string) => page.getByRole('button', { name }).click()
  await press(texts.sendCode)
  await page.getByLabel(texts.code).fill(tabbyCode)
  await press(texts.confirmCode)
  if (!isRefused) await press(texts.agree)
}

/** From Tamara's first page to the last button: the phone, the code it shows, the card, yes. */
export async function agreeAtTamara({ page, locale }: AtLender): Promise<void> {
  const texts = hostedTexts(locale)
  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
  await press(texts.sendCode)
  await page.getByLabel(texts.code, { exact: true }).fill(await page.locator('#shown-code').innerText())
  await press(texts.confirm)
  await page.getByLabel(texts.card).fill(tamaraCard.number)
  await page.getByLabel(texts.expiry).fill(tamaraCard.expiry)
  await page.getByLabel(texts.cvc).fill(tamaraCard.cvc)
  await page.getByRole('checkbox').check()
  await press(new RegExp(`^${texts.pay('.*')}$`))
}

export const leaveTamara = ({ page, locale }: AtLender): Promise<void> =>
  page.getByRole('button', { name: hostedTexts(locale).leave, exact: true }).click()
