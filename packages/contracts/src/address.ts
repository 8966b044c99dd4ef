import { z } from 'zod'
import { Mobile } from './phone.ts'
import { asciiDigits, cleanText, typedText } from './primitives.ts'

/** The seven emirates by ISO 3166-2; `pint` is the code of the e-invoice format, which differs (rule ibr-128-ae). */
export const emirates = {
  'AE-DU': { pint: 'DXB', en: 'Dubai', ar: 'دبي' },
  'AE-AZ': { pint: 'AUH', en: 'Abu Dhabi', ar: 'أبوظبي' },
  'AE-SH': { pint: 'SHJ', en: 'Sharjah', ar: 'الشارقة' },
  'AE-AJ': { pint: 'AJM', en: 'Ajman', ar: 'عجمان' },
  'AE-UQ': { pint: 'UAQ', en: 'Umm Al Quwain', ar: 'أم القيوين' },
  'AE-RK': { pint: 'RAK', en: 'Ras Al Khaimah', ar: 'رأس الخيمة' },
  'AE-FU': { pint: 'FUJ', en: 'Fujairah', ar: 'الفجيرة' },
} as const
export type Emirate = keyof typeof emirates

export const emirateCodes = [
  'AE-DU',
  'AE-AZ',
  'AE-SH',
  'AE-AJ',
  'AE-UQ',
  'AE-RK',
  'AE-FU',
] as const satisfies readonly Emirate[]
export const Emirate = z.enum(emirateCodes, { error: 'required' })

export const addressKinds = ['apartment', 'villa', 'office', 'other'] as const

const optional = (max: number) => typedText({ max }).optional().default('')

/** Ten digits naming a building entrance in Dubai; shown as `12345 67890`, accepted with spaces and Arabic-Indic digits. */
const Makani = z
  .string()
  .max(40, 'invalid-makani')
  .optional()
  .default('')
  .transform((typed) => asciiDigits(cleanText(typed)).replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^(\d{10})?$/, 'invalid-makani'))

/** A dropped pin, inside a box round the UAE, six decimals. */
const Location = z.strictObject({ lat: z.number().min(22.5).max(26.5), lng: z.number().min(51).max(56.5) })

/** A UAE address: no postcode anywhere, a street is optional, an area is free text with suggestions. */
export const Address = z
  .strictObject({
    recipientName: typedText({ min: 1, max: 80 }),
    phone: Mobile,
    emirate: Emirate,
    area: typedText({ min: 1, max: 80 }),
    kind: z.enum(addressKinds, { error: 'required' }),
    building: typedText({ min: 1, max: 120 }),
    unit: optional(40),
    street: optional(120),
    landmark: optional(120),
    makani: Makani,
    location: Location.nullable().optional().default(null),
    notes: optional(200),
  })
  .meta({ id: 'Address' })
export type Address = z.output<typeof Address>
export type AddressInput = z.input<typeof Address>

/** Who ordered: where the confirmation goes and how the courier calls. */
export const Contact = z
  .strictObject({
    name: typedText({ min: 1, max: 80 }),
    email: z
      .string({ error: 'required' })
      .max(1000, 'invalid-email')
      .transform((typed) => typed.normalize('NFKC').trim())
      .pipe(z.string().min(1, 'required').max(254, 'invalid-email').pipe(z.email('invalid-email'))),
    phone: Mobile,
  })
  .meta({ id: 'Contact' })
export type Contact = z.output<typeof Contact>
export type ContactInput = z.input<typeof Contact>
