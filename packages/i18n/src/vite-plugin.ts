import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { compileMessages } from './compile.ts'
import { isLocale } from './locales.ts'

/** Places whose words only servers say, and the back office's: they stay out of the chunk every shopper downloads. */
const notForShoppers = ['email.', 'sms.', 'content.', 'admin.']

export const isForShoppers = (id: string): boolean => !notForShoppers.some((place) => id.startsWith(place))

const prefix = 'virtual:messages/'
const parser = '@formatjs/icu-messageformat-parser'

/** What an app's browsers get: all that is for shoppers, unless it says otherwise. */
export interface MessageChoice {
  /** This place's words alone. */
  place?: string
  /** Places whose words are chunks of their own, `virtual:messages/<bundle>/<locale>`, for the few pages that say them. */
  apart?: Readonly<Record<string, readonly string[]>>
  /** Places this app never says. */
  without?: readonly string[]
}

/** The hooks of a Vite plugin this package fills, stated here so that it need not depend on Vite. */
export interface MessagesPlugin {
  name: string
  enforce: 'pre'
  resolveId(
    this: { resolve(source: string): Promise<{ id: string } | null> },
    source: string,
    importer: string | undefined,
    options: { ssr?: boolean },
  ): Promise<string | undefined>
  load(this: { addWatchFile(file: string): void }, id: string): Promise<string | undefined>
}

const isOf = (id: string, places: readonly string[]): boolean => places.some((place) => id.startsWith(place))

/** Which messages a chunk holds; the unnamed one has all that no other has. */
function heldBy({ place, apart = {}, without = [] }: MessageChoice, bundle: string | undefined) {
  if (place !== undefined) return (id: string) => id.startsWith(place)
  const named = bundle === undefined ? Object.values(apart).flat() : apart[bundle]
  if (!named) throw new Error(`no bundle of messages ${bundle}`)
  return (id: string) => isForShoppers(id) && !isOf(id, without) && isOf(id, named) === (bundle !== undefined)
}

/**
 * `virtual:messages/en` and `virtual:messages/ar`: messages parsed, as one module and so one cacheable chunk a language; all that
 * is for shoppers, or what is said in one `place` alone (`admin.`).
 * In browser builds `intl-messageformat`'s parser is swapped for its empty twin, since nothing is left to parse.
 */
export function messages(choice: MessageChoice = {}): MessagesPlugin {
  return {
    name: 'dhow-messages',
    enforce: 'pre',
    async resolveId(source, _importer, options) {
      if (source.startsWith(prefix)) return `\0${source}`
      if (source !== parser || options.ssr) return undefined
      return (await this.resolve(`${parser}/no-parser.js`))?.id
    },
    async load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined
      const [locale = '', bundle] = id
        .slice(prefix.length + 1)
        .split('/')
        .toReversed()
      const isShipped = heldBy(choice, bundle)
      if (!isLocale(locale)) throw new Error(`no language ${locale}`)
      const file = fileURLToPath(new URL(`../messages/${locale}.json`, import.meta.url))
      this.addWatchFile(file)
      const source: Record<string, string> = JSON.parse(await readFile(file, 'utf8'))
      const shipped = Object.fromEntries(Object.entries(source).filter(([key]) => isShipped(key)))
      return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(compileMessages(shipped)))})`
    },
  }
}
