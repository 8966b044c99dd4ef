import type { Visitor } from './browser.ts'

/** The lenders' words, not ours: as a shopper reads them on their pages. */
const tabbyWords = {
  en: { sendCode: 'Send the code', code: 'Code of four digits', confirm: 'Confirm', agree: 'Agree and pay' },
  ar: { sendCode: 'أرسل الرمز', code: 'الرمز من أربعة أرقام', confirm: 'تأكيد', agree: 'أوافق وأدفع' },
} as const

const tamaraWords = {
  en: {
    sendCode: 'Send code',
    code: 'Code',
    confirm: 'Confirm',
    card: 'Card number',
    expiry: 'Expiry date (MM/YY)',
    cvc: 'Security code',
    pay: /^Pay .* now$/,
    leave: 'Cancel and go back to the shop',
  },
  ar: {
    sendCode: 'أرسل الرمز',
    code: 'الرمز',
    confirm: 'تأكيد',
    card: 'رقم البطاقة',
    expiry: 'تاريخ الانتهاء (شهر/سنة)',
    cvc: 'رمز الأمان',
    pay: /^ادفع .* الآن$/,
    leave: 'إلغاء والعودة إلى المتجر',
  },
} as const

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
  const words = tabbyWords[locale]
  const press = (name: string) => page.getByRole('button', { name }).click()
  await press(words.sendCode)
  await page.getByLabel(words.code).fill(tabbyCode)
  await press(words.confirm)
  if (!isRefused) await press(words.agree)
}

/** From Tamara's first page to the last button: the phone, the code it shows, the card, yes. */
export async function agreeAtTamara({ page, locale }: AtLender): Promise<void> {
  const words = tamaraWords[locale]
  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
  await press(words.sendCode)
  await page.getByLabel(words.code, { exact: true }).fill(await page.locator('#shown-code').innerText())
  await press(words.confirm)
  await page.getByLabel(words.card).fill(tamaraCard.number)
  await page.getByLabel(words.expiry).fill(tamaraCard.expiry)
  await page.getByLabel(words.cvc).fill(tamaraCard.cvc)
  await page.getByRole('checkbox').check()
  await press(words.pay)
}

export const leaveTamara = ({ page, locale }: AtLender): Promise<void> =>
  page.getByRole('button', { name: tamaraWords[locale].leave, exact: true }).click()
