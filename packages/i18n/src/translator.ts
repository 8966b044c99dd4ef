import { IntlMessageFormat } from 'intl-messageformat'
import type en from '../messages/en.json'
import type { CompiledMessages } from './compile.ts'
import { intlTags } from './locales.ts'
import type { Locale } from './locales.ts'

export type MessageId = keyof typeof en
export type MessageValues = Readonly<Record<string, string | number | Date>>

export interface Translator {
  (id: MessageId, values?: MessageValues): string
  readonly locale: Locale
  /** Formats a message whose arguments may be objects (React nodes); gives the parts in order. */
  rich<T>(id: MessageId, values: Readonly<Record<string, string | number | Date | T>>): (string | T)[]
}

/** Makes the `t` of one language from messages parsed ahead. Holds no parser, so it is what browsers get. */
export function makeTranslator(locale: Locale, messages: CompiledMessages): Translator {
  const formats = new Map<string, IntlMessageFormat>()

  function formatOf(id: string): IntlMessageFormat | string {
    const message = messages[id]
    if (message === undefined) throw new Error(`no message ${id} in ${locale}`)
    if (typeof message === 'string') return message
    let format = formats.get(id)
    if (!format) formats.set(id, (format = new IntlMessageFormat(message, intlTags[locale])))
    return format
  }

  function translate(id: MessageId, values?: MessageValues): string {
    const format = formatOf(id)
    return typeof format === 'string' ? format : String(format.format(values))
  }

  function rich<T>(id: MessageId, values: Readonly<Record<string, string | number | Date | T>>): (string | T)[] {
    const format = formatOf(id)
    if (typeof format === 'string') return [format]
    const parts = format.format<T>(values)
    return Array.isArray(parts) ? parts : [parts]
  }

  return Object.assign(translate, { locale, rich })
}
