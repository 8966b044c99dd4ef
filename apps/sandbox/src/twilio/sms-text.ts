type Words = { en: string; ar: string }

/**
 * The shop's Verify templates, word for word as they are to be registered at Twilio (docs/contracts/sms-templates.md): code first,
 * brand, purpose, "never share", no link.
 */
export const SHOP_TEMPLATES: Readonly<Record<string, Words>> = {
  HJ00000000000000000000000000d00d01: {
    en: '{code} is your {brand} sign-in code. Valid 5 minutes. Never share it.',
    ar: '{code} رمز الدخول إلى {brand}. صالح 5 دقائق. لا تشاركه مع أحد.',
  },
  HJ00000000000000000000000000d00d02: {
    en: '{code} is your {brand} code to use this number. Valid 5 minutes. Never share it.',
    ar: '{code} رمز {brand} لتغيير رقمك. صالح 5 دقائق. لا تشاركه مع أحد.',
  },
  HJ00000000000000000000000000d00d03: {
    en: '{code} is your {brand} code to confirm it is you. Valid 5 minutes. Never share it.',
    ar: '{code} رمز {brand} لتأكيد هويتك. صالح 5 دقائق. لا تشاركه مع أحد.',
  },
  HJ00000000000000000000000000d00d04: {
    en: '{code} is your {brand} code to confirm your order. Valid 5 minutes. Never share it.',
    ar: '{code} رمز {brand} لتأكيد طلبك. صالح 5 دقائق. لا تشاركه مع أحد.',
  },
}
/** What Twilio sends when no template is named. */
const PLAIN_TEMPLATE: Words = {
  en: 'Your {brand} verification code is: {code}',
  ar: 'رمز التحقق الخاص بك من {brand} هو: {code}',
}

export type CodeText = {
  code: string
  brand: string
  locale: 'en' | 'ar'
  templateSid: string | undefined
  appHash: string | undefined
}

/** The text of a code. Android's retriever hash goes onto a line of its own. */
export function codeText({ code, brand, locale, templateSid, appHash }: CodeText): string {
  const template = (templateSid === undefined ? PLAIN_TEMPLATE : (SHOP_TEMPLATES[templateSid] ?? PLAIN_TEMPLATE))[
    locale
  ]
  const text = template.replace('{code}', code).replace('{brand}', brand)
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
