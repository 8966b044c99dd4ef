import type { DeliveryOption } from '@dhow/contracts/cart.ts'
import type { Formatter } from '@dhow/i18n/format.ts'
import type { Translator } from '@dhow/i18n/translator.ts'

/** A delivery's days and cut-off, put into words on the server: "tomorrow" depends on now. */
export interface DeliveryWords {
  /** `Tomorrow, Tue 24 Nov` */
  promise: string
  /** `Order before 6 pm today`; empty when nothing hurries. */
  cutOff: string
}

interface Language {
  t: Translator
  format: Formatter
}

const dayMs = 86_400_000
const dubai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Dubai' })

/** The calendar day in Dubai, `2026-11-23`. */
export const dubaiDay = (instant: Date): string => dubai.format(instant)

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs)

/** `Today, Mon 23 Nov`, `Tomorrow, Tue 24 Nov`, else `Wed 25 Nov`. */
export function dayWords(day: string, today: string, { t, format }: Language): string {
  const distance = daysBetween(today, day)
  const date = format.shortDay(day)
  if (distance === 0) return t('checkout.day.today', { date })
  return distance === 1 ? t('checkout.day.tomorrow', { date }) : date
}

/** One day, or from one to another. */
export function promiseWords(days: { earliest: string; latest: string }, today: string, language: Language): string {
  const first = dayWords(days.earliest, today, language)
  if (days.earliest === days.latest) return first
  return language.t('checkout.day.between', { first, last: dayWords(days.latest, today, language) })
}

export function deliveryWords(option: DeliveryOption, now: Date, language: Language): DeliveryWords {
  const { t, format } = language
  const today = dubaiDay(now)
  const isToday = dubaiDay(new Date(option.orderBefore)) === today
  const time = format.time(option.orderBefore)
  return {
    promise: promiseWords(option, today, language),
    cutOff: isToday ? t('checkout.delivery.before', { time }) : '',
  }
}
