import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { compileMessages } from './compile.ts'
import { isLocale } from './locales.ts'

/** Places whose words only servers say: they stay out of the chunk every shopper downloads. */
export const serverOnlyPlaces = ['email.', 'content.'] as const

export const isServerOnly = (id: string): boolean => serverOnlyPlaces.some((place) => id.startsWith(place))

const prefix = 'virtual:messages/'
const parser = '@formatjs/icu-messageformat-parser'

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

/**
 * `virtual:messages/en` and `virtual:messages/ar`: all messages parsed, as one module and so one cacheable chunk a language.
 * In browser builds `intl-messageformat`'s parser is swapped for its empty twin, since nothing is left to parse.
 */
export function messages(): MessagesPlugin {
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
      const locale = id.slice(prefix.length + 1)
      if (!isLocale(locale)) throw new Error(`no language ${locale}`)
      const file = fileURLToPath(new URL(`../messages/${locale}.json`, import.meta.url))
      this.addWatchFile(file)
      const source: Record<string, string> = JSON.parse(await readFile(file, 'utf8'))
      const shipped = Object.fromEntries(Object.entries(source).filter(([key]) => !isServerOnly(key)))
      return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(compileMessages(shipped)))})`
    },
  }
}
