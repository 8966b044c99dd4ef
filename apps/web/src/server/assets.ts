import arabicFont from '@fontsource-variable/readex-pro/files/readex-pro-arabic-wght-normal.woff2?url'
import latinFont from '@fontsource-variable/readex-pro/files/readex-pro-latin-wght-normal.woff2?url'
import { readFileSync } from 'node:fs'
import type { Locale } from '@dhow/i18n/locales.ts'
import { z } from 'zod'

const Chunk = z.object({
  file: z.string(),
  css: z.array(z.string()).optional(),
  imports: z.array(z.string()).optional(),
  dynamicImports: z.array(z.string()).optional(),
})
const Manifest = z.record(z.string(), Chunk)
type Manifest = z.output<typeof Manifest>

/** What a page's document links to. */
export interface PageAssets {
  scripts: readonly string[]
  /** Chunks the script imports, fetched at once. */
  preloads: readonly string[]
  styles: readonly string[]
}

export type AssetsOf = (pageName: string, locale: Locale) => PageAssets

/** The faces of the first screen: Arabic pages hold Latin too (prices, brands). */
export const fontsOf = (locale: Locale): readonly string[] => (locale === 'ar' ? [arabicFont, latinFont] : [latinFont])

function collect(manifest: Manifest, entry: string) {
  const later = new Set<string>()
  const files = new Set<string>()
  const styles = new Set<string>()
  const visit = (key: string): void => {
    const chunk = manifest[key]
    if (!chunk || files.has(chunk.file)) return
    files.add(chunk.file)
    for (const imported of chunk.imports ?? []) visit(imported)
    for (const style of chunk.css ?? []) styles.add(style)
    for (const imported of chunk.dynamicImports ?? []) later.add(imported)
  }
  visit(entry)
  return { files, styles, later }
}

/** Reads the build's manifest: which hashed files each page needs. Throws when the website has not been built. */
export function builtAssets(manifestFile: URL): AssetsOf {
  const manifest = Manifest.parse(JSON.parse(readFileSync(manifestFile, 'utf8')))
  const byPage = new Map<string, PageAssets>()
  const atRoot = (file: string) => `/${file}`
  return (pageName, locale) => {
    const key = `${pageName}:${locale}`
    let assets = byPage.get(key)
    if (!assets) {
      const entry = Object.keys(manifest).find((name) => name.endsWith(`virtual:page/${pageName}`))
      if (!entry) throw new Error(`no built page ${pageName}`)
      const { files, styles, later } = collect(manifest, entry)
      const isWords = new RegExp(`virtual:messages/(?:\\w+/)?${locale}$`)
      const words = [...later].filter((name) => isWords.test(name)).flatMap((name) => manifest[name]?.file ?? [])
      const [script = '', ...imports] = [...files].map(atRoot)
      assets = {
        scripts: [script],
        preloads: [...imports, ...words.map(atRoot)],
        styles: [...styles].map(atRoot),
      }
      byPage.set(key, assets)
    }
    return assets
  }
}
