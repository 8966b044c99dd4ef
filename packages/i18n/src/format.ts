import { toDecimal } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import { intlTags } from './locales.ts'
import type { Locale } from './locales.ts'

/** Marks `Intl` puts round Arabic figures; which ones differs by ICU version, so they are dropped and HTML isolates instead. */
const invisibleMarks = /[\u200E\u200F\u061C]/g

/** An instant as ISO 8601 with `Z`, or a calendar date `YYYY-MM-DD` of Asia/Dubai. */
export type DateText = string

export interface Formatter {
  readonly locale: Locale
  number: (value: number) => string
  /** The figure alone, `1,234.50`; `wholeShort` drops `.00` where the design says so (cards, never totals). */
  figure: (value: Money, style?: { wholeShort?: boolean }) => string
  /** The currency as people read it: `AED`, `د.إ`. */
  currency: string
  /** One line of text for titles, e-mail subjects and messages: `AED 1,234.50`. */
  money: (value: Money, style?: { wholeShort?: boolean }) => string
  /** `5%`: hundredths of a percent in. */
  percent: (basisPoints: number) => string
  /** `+971 50 123 4567`; show it with `dir="ltr"`. Numbers of other lands are left as they are. */
  phone: (e164: string) => string
  /** `Monday 23 November` */
  day: (date: DateText) => string
  /** `Mon 23 Nov` */
  shortDay: (date: DateText) => string
  /** `23 November 2026` */
  date: (date: DateText) => string
  /** `23 November 2026 at 2:05 pm`, Asia/Dubai */
  dateTime: (instant: DateText) => string
  /** `23 Nov 2026, 2:05 pm`, Asia/Dubai: for tables */
  shortDateTime: (instant: DateText) => string
  /** `2 pm`, `2:30 pm`, Asia/Dubai */
  time: (instant: DateText) => string
}

/** Calendar dates are read as noon in Dubai, so that no zone shows the neighbouring day. */
const toDate = (text: DateText): Date => new Date(text.length === 10 ? `${text}T12:00:00+04:00` : text)

/** UAE mobiles have two digits before the last seven, landlines one. */
const formatPhone = (e164: string): string => e164.replace(/^\+971(5\d|[2-9])(\d{3})(\d{4})$/, '+971 $1 $2 $3')

const clean = (text: string): string => text.replace(invisibleMarks, '').replaceAll('\u202F', '\u00A0')

function makeFormatter(locale: Locale): Formatter {
  const tag = intlTags[locale]
  const numbers = new Intl.NumberFormat(tag)
  const exact = new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const percents = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 })
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { timeZone: 'Asia/Dubai', ...options })
    return (text: DateText) => clean(format.format(toDate(text)))
  }
  const wholeHour = dates({ hour: 'numeric' })
  const hourAndMinute = dates({ hour: 'numeric', minute: '2-digit' })
  const currency = locale === 'ar' ? 'د.إ' : 'AED'

  const figure: Formatter['figure'] = (value, style) => {
    const isWhole = style?.wholeShort === true && value.amount % 100 === 0
    const decimal = Number(toDecimal(value))
    return clean((isWhole ? numbers : exact).format(decimal))
  }

  return {
    locale,
    currency,
    figure,
    // Small counts stand on every facet of a list; without a separator they are the same in both languages.
    number: (value) =>
      Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : clean(numbers.format(value)),
    money: (value, style) => `${currency}\u00A0${figure(value, style)}`,
    percent: (basisPoints) => clean(percents.format(basisPoints / 10_000)),
    phone: formatPhone,
    day: dates({ weekday: 'long', day: 'numeric', month: 'long' }),
    shortDay: dates({ weekday: 'short', day: 'numeric', month: 'short' }),
    date: dates({ day: 'numeric', month: 'long', year: 'numeric' }),
    dateTime: dates({ day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit' }),
    shortDateTime: dates({ day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' }),
    time: (instant) => (toDate(instant).getUTCMinutes() === 0 ? wholeHour(instant) : hourAndMinute(instant)),
  }
}

const formatters: Partial<Record<Locale, Formatter>> = {}

/** The one place money, numbers and dates become words, pinned to `en-AE` and `ar-AE-u-nu-latn`; `Intl` objects are made once. */
export const formatterFor = (locale: Locale): Formatter => (formatters[locale] ??= makeFormatter(locale))
