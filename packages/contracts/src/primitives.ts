import { z } from 'zod'

export const locales = ['en', 'ar'] as const
export const Locale = z.enum(locales)
export type Locale = z.infer<typeof Locale>

export const Money = z
  .strictObject({ amount: z.int().meta({ description: 'Whole minor units (fils).' }), currency: z.literal('AED') })
  .meta({ id: 'Money', description: 'AED 12.50 is 1250.' })

export const Id = z.uuid()
export const Instant = z.iso.datetime().meta({ description: 'UTC instant, ISO 8601 with Z' })
export const LocalDate = z.iso.date().meta({ description: 'A calendar day in Asia/Dubai.' })

export const Slug = z.string().min(1).max(200)
/** The same thing's address in both languages. */
export const Slugs = z.strictObject({ en: Slug, ar: Slug })

/** 22 characters of base64url: 128 random bits. Knowing it is what lets somebody use the cart. */
export const CartKey = z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'invalid')
/** Crockford base32 (no I, L, O, U), random, so that a number does not reveal how many orders there are. */
export const OrderNumber = z.string().regex(/^DH-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/, 'invalid')
export const OrderToken = z.string().regex(/^[A-Za-z0-9_-]{32}$/, 'invalid')

/** Largest quantity of one variant in a cart. */
export const maxLineQuantity = 20
export const maxCartLines = 50
export const Quantity = z.int().min(1).max(maxLineQuantity)

/** A picture in ready renditions: `{mediaUrl}/{key}/{width}.avif` and `.webp`. */
export const Picture = z
  .strictObject({ key: z.string(), alt: z.string(), width: z.int(), height: z.int(), widths: z.array(z.int()) })
  .meta({ id: 'Picture' })
export type Picture = z.infer<typeof Picture>

/** Controls, soft hyphens, zero-widths, bidi controls, tags: what is there but is not seen. Tab and line ends are space. */
const invisible =
  // oxlint-disable-next-line no-control-regex -- they are what it takes out
  /[\u0000-\u0008\u000E-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu
/** Joiners mean something between Arabic letters and inside emoji; anywhere else they only hide. */
const strayJoiners =
  /(?<![\p{Script=Arabic}\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])[\u200C\u200D]+|[\u200C\u200D]+(?![\p{Script=Arabic}\p{Extended_Pictographic}])/gu
/** Four marks are more than any script here puts on one letter; the rest climb out of their line. */
const excessMarks = /(\p{M}{4})\p{M}+/gu

/**
 * Text a person types, on one line: NFC, without characters that could dress it up as something else, spaces single, trimmed.
 * Cleaning it again changes nothing, so what was stored reads back as itself.
 */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replace(invisible, '')
    .replace(strayJoiners, '')
    .normalize('NFC')
    .replace(excessMarks, '$1')
    .replace(/\s+/g, ' ')
    .trim()

const easternDigits = /[\u0660-\u0669\u06F0-\u06F9]/g

/** ٠-٩ and ۰-۹ become 0-9, so that people can type the digits their keyboard has. */
export const asciiDigits = (text: string): string =>
  text.replace(easternDigits, (digit) => String(digit.charCodeAt(0) & 0xf))

/** Bounded free text. Lengths are in code units after cleaning; the codes are what a form shows under its field. */
export const typedText = (limits: { min?: number; max: number }): z.ZodType<string, string> =>
  z
    .string({ error: 'required' })
    .max(limits.max * 4, 'too-long')
    .transform(cleanText)
    .pipe(
      z
        .string()
        .min(limits.min ?? 0, (limits.min ?? 0) === 1 ? 'required' : 'too-short')
        .max(limits.max, 'too-long'),
    )
    .meta({ maxLength: limits.max, ...(limits.min ? { minLength: limits.min } : {}) })
