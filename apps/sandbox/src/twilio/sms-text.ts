/**
 * The Verify template of the shop, as it is to be registered at Twilio: code first, brand, purpose, "never share", no link. The
 * purpose is a substitution, so that one template serves all. Android's retriever hash goes onto a line of its own.
 */
export const SHOP_TEMPLATE_SID = 'HJ00000000000000000000000000d00d00'

const SHOP_TEMPLATE = {
  en: '{code} is your {brand} code {purpose}. Valid 5 minutes. Never share it.',
  ar: '{code} رمز {brand} {purpose}. صالح 5 دقائق. لا تشاركه مع أحد.',
}
/** What Twilio sends when no template is named. */
const PLAIN_TEMPLATE = {
  en: 'Your {brand} verification code is: {code}',
  ar: 'رمز التحقق الخاص بك من {brand} هو: {code}',
}

export type CodeText = {
  code: string
  brand: string
  locale: 'en' | 'ar'
  isShopTemplate: boolean
  substitutions: Readonly<Record<string, string>>
  appHash: string | undefined
}

export function codeText({ code, brand, locale, isShopTemplate, substitutions, appHash }: CodeText): string {
  const template = (isShopTemplate ? SHOP_TEMPLATE : PLAIN_TEMPLATE)[locale]
  const values: Record<string, string> = { ...substitutions, code, brand }
  const text = template.replaceAll(/\{(\w+)\}/g, (_match, name: string) => values[name] ?? '')
  return appHash === undefined ? text : `${text}\n${appHash}`
}

// GSM 03.38, the basic set and what it reaches by an escape (which counts twice).
const GSM_BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const GSM_EXTENDED = '^{}\\[~]|€'

/** Parts a text is sent in: 160 characters (153 each when joined), or 70 (67) as soon as one of them is not GSM. */
export function segmentsOf(body: string): number {
  const characters = Array.from(body)
  const isGsm = characters.every((character) => GSM_BASIC.includes(character) || GSM_EXTENDED.includes(character))
  const length = isGsm ? characters.reduce((sum, one) => sum + (GSM_EXTENDED.includes(one) ? 2 : 1), 0) : body.length
  const [single, joined] = isGsm ? [160, 153] : [70, 67]
  return length <= single ? 1 : Math.ceil(length / joined)
}
