import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile'
import { z } from 'zod'
import { asciiDigits } from './primitives.ts'

/** +971 and 50, 52–56, 58: the mobile ranges libphonenumber lists for the UAE (July 2026). */
const uaeMobile = /^\+9715[02-68]\d{7}$/

const asciiDigit = /[0-9]/
const easternDigit = /[\u0660-\u0669]/
const persianDigit = /[\u06F0-\u06F9]/
/** Spaces, brackets, dots, slashes, every kind of dash, and the bidi controls phones put round a copied number. */
const decoration = /[\s()./\-\u2010-\u2015\u2212\u200B-\u200F\u061C\u202A-\u202E\u2060-\u2069\uFEFF]/g

/** A number in two kinds of digits was put together by something else than a hand. */
const mixesDigits = (typed: string): boolean =>
  [asciiDigit, easternDigit, persianDigit].filter((kind) => kind.test(typed)).length > 1

/** Western digits and a leading plus where one was meant; undefined for what was never a number. */
function dialled(typed: string): string | undefined {
  if (typed.length > 40 || mixesDigits(typed)) return undefined
  const digits = asciiDigits(typed)
    .replace(/\(0\)/g, '')
    .replace(decoration, '')
    .replace(/^00/, '+')
    .replace(/^971/, '+971')
  return /^\+?\d+$/.test(digits) ? digits : undefined
}

/**
 * Reads a mobile number as people write it (`050…`, `50…`, `971…`, `00971…`, `+971 (0)50…`, Arabic-Indic digits) into E.164.
 * Returns undefined for landlines, short numbers and numbers that are no UAE mobile: couriers must be able to call and text it.
 */
export function normaliseMobile(typed: string): string | undefined {
  const digits = dialled(typed)
  const parsed = digits === undefined ? undefined : parsePhoneNumberFromString(digits, 'AE')
  return parsed?.isValid() && uaeMobile.test(parsed.number) ? parsed.number : undefined
}

/**
 * Any number in the world as people write it, in E.164; a local one is of the UAE. It may be a landline or none that exists: who
 * sends something to it asks {@link mobileCountryOf}.
 */
export function normalisePhone(typed: string): string | undefined {
  const digits = dialled(typed)
  if (digits === undefined) return undefined
  const number = parsePhoneNumberFromString(digits, 'AE')?.number ?? digits
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : undefined
}

/** The country (ISO 3166, two letters) a mobile number is of; undefined for landlines, premium, shared, satellite and unassigned ones. */
export function mobileCountryOf(e164: string): string | undefined {
  const parsed = parsePhoneNumberFromString(e164)
  if (!parsed?.isValid()) return undefined
  return parsed.country === 'AE' && !uaeMobile.test(e164) ? undefined : parsed.country
}

/** `+971501234567` → `050 123 4567`, as people in the country read it. Show it with `dir="ltr"`. */
export const formatMobile = (e164: string): string =>
  uaeMobile.test(e164) ? `0${e164.slice(4, 6)} ${e164.slice(6, 9)} ${e164.slice(9)}` : e164

const typedNumber = (normalise: (typed: string) => string | undefined) =>
  z
    .string({ error: 'required' })
    .max(40, 'invalid-phone')
    .transform((typed, context) => {
      if (typed.trim() === '') {
        context.issues.push({ code: 'custom', message: 'required', input: typed })
        return z.NEVER
      }
      const number = normalise(typed)
      if (number) return number
      context.issues.push({ code: 'custom', message: 'invalid-phone', input: typed })
      return z.NEVER
    })

/** A number a code is asked for: any, since which countries are taken is the shop's to say (`auth/phone-not-accepted`). */
export const PhoneToVerify = typedNumber(normalisePhone).meta({
  type: 'string',
  description: 'A mobile number of a country the shop sends codes to. Taken as people write it.',
  examples: ['+971501234567'],
})

export const Mobile = typedNumber(normaliseMobile).meta({
  type: 'string',
  description: 'A UAE mobile number. Taken as people write it, answered as E.164.',
  examples: ['+971501234567'],
})
