// What is known about card numbers without asking anyone. No DOM here, so that it can be tested alone.

const BRANDS = [
  { name: 'amex', start: /^3[47]/, lengths: [15], cvc: 4, gaps: [4, 10] },
  { name: 'mastercard', start: /^(5[1-5]|2[2-7])/, lengths: [16], cvc: 3, gaps: [4, 8, 12] },
  { name: 'visa', start: /^4/, lengths: [16, 19], cvc: 3, gaps: [4, 8, 12, 16] },
]
const UNKNOWN = { name: 'unknown', start: /^/, lengths: [16], cvc: 3, gaps: [4, 8, 12, 16] }

export function brandOf(number) {
  return BRANDS.find((brand) => brand.start.test(number)) ?? UNKNOWN
}

/** Arabic and Persian digits are typed too: ٤٢ and ۴۲ become 42. Everything else that is no digit goes. */
export function digitsOf(text) {
  return text
    .replaceAll(/[\u0660-\u0669]/g, (digit) => String(digit.codePointAt(0) - 0x660))
    .replaceAll(/[\u06f0-\u06f9]/g, (digit) => String(digit.codePointAt(0) - 0x6f0))
    .replaceAll(/\D/g, '')
}

export function formatNumber(digits) {
  const { gaps, lengths } = brandOf(digits)
  const kept = digits.slice(0, Math.max(...lengths))
  return [...kept].map((digit, index) => (gaps.includes(index) ? ` ${digit}` : digit)).join('')
}

/** `1` waits, `4` becomes `04 / `, `1229` and `12/2029` become `12 / 29`. */
export function formatExpiry(text, isDeleting) {
  let digits = digitsOf(text)
  if (/^[2-9]/.test(digits)) digits = `0${digits}`
  if (/^\d{2}20\d{2}$/.test(digits)) digits = digits.slice(0, 2) + digits.slice(4)
  digits = digits.slice(0, 4)
  if (digits.length < 2 || (digits.length === 2 && isDeleting)) return digits
  return `${digits.slice(0, 2)} / ${digits.slice(2)}`
}

/** The code of what is wrong, in Stripe's names; undefined when nothing is. */
export function numberFault(digits) {
  if (digits.length < Math.min(...brandOf(digits).lengths)) return 'incomplete_number'
  return brandOf(digits).lengths.includes(digits.length) && passesLuhn(digits) ? undefined : 'invalid_number'
}

/** A card is good to the end of its month. */
export function expiryFault(text, now) {
  const digits = digitsOf(text)
  if (digits.length < 4) return 'incomplete_expiry'
  const month = Number(digits.slice(0, 2))
  const year = 2000 + Number(digits.slice(2))
  if (month < 1 || month > 12) return 'invalid_expiry_month'
  if (year * 12 + month - 1 < now.getFullYear() * 12 + now.getMonth()) return 'invalid_expiry_year_past'
  return year > now.getFullYear() + 50 ? 'invalid_expiry_year' : undefined
}

export function cvcFault(digits, number) {
  return digits.length < brandOf(number).cvc ? 'incomplete_cvc' : undefined
}

function passesLuhn(digits) {
  let sum = 0
  for (const [index, digit] of Array.from(digits).toReversed().entries()) {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
