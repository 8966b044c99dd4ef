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

/**
 * Reads a mobile number as people write it (`050…`, `50…`, `971…`, `00971…`, `+971 (0)50…`, Arabic-Indic digits) into E.164.
 * Returns undefined for landlines, short numbers and numbers that are no UAE mobile: couriers must be able to call and text it.
 */
export function normaliseMobile(typed: string): string | undefined {
  if (typed.length > 40 || mixesDigits(typed)) return undefined
  const digits = asciiDigits(typed)
    .replace(/\(0\)/g, '')
    .replace(decoration, '')
    .replace(/^00/, '+')
    .replace(/^971/, '+971')
  if (!/^\+?\d+$/.test(digits)) return undefined
  const parsed = parsePhoneNumberFromString(digits, 'AE')
  return parsed?.isValid() && uaeMobile.test(parsed.number) ? parsed.number : undefined
}

/** `+971501234567` → `050 123 4567`, as people in the country read it. Show it with `dir="ltr"`. */
export const formatMobile = (e164: string): string =>
  uaeMobile.test(e164) ? `0${e164.slice(4, 6)} ${e164.slice(6, 9)} ${e164.slice(9)}` : e164

export const Mobile = z
  .string({ error: 'required' })
  .max(40, 'invalid-phone')
  .transform((typed, context) => {
    if (typed.trim() === '') {
      context.issues.push({ code: 'custom', message: 'required', input: typed })
      return z.NEVER
    }
    const number = normaliseMobile(typed)
    if (number) return number
    context.issues.push({ code: 'custom', message: 'invalid-phone', input: typed })
    return z.NEVER
  })
  .meta({
    type: 'string',
    description: 'A UAE mobile number. Taken as people write it, answered as E.164.',
    examples: ['+971501234567'],
  })
