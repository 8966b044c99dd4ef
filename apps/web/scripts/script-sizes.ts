import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'

/** Bytes of gzip; DESIGN §8 gives 100 kB to product and category pages, the others keep to it too. Payment's own script is not ours. */
export const scriptBudgets: Readonly<Record<string, number>> = { other: 100_000 }

interface Chunk {
  file: string
  imports?: string[]
  dynamicImports?: string[]
}

export interface ScriptSize {
  page: string
  gzipBytes: number
}

/** What one visit to each page downloads of script: its entry, all it imports, and the larger of the two languages' words. */
export async function measureScripts(clientFolder: string): Promise<ScriptSize[]> {
  const manifest: Record<string, Chunk> = JSON.parse(await readFile(`${clientFolder}.vite/manifest.json`, 'utf8'))
  const sizeOf = async (file: string) => gzipSync(await readFile(clientFolder + file), { level: 9 }).length
  const reach = (key: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(key)) return seen
    seen.add(key)
    for (const imported of manifest[key]?.imports ?? []) reach(imported, seen)
    return seen
  }
  const sizeOfAll = async (keys: readonly string[]) => {
    const sizes = await Promise.all(keys.map((key) => sizeOf(manifest[key]?.file ?? '')))
    return sizes.reduce((all, size) => all + size, 0)
  }
  const wordsOf = (chunks: readonly string[], locale: string) =>
    chunks
      .flatMap((key) => manifest[key]?.dynamicImports ?? [])
      .filter((key) => key.includes('virtual:messages/') && key.endsWith(`/${locale}`))
  const entries = Object.keys(manifest).filter((key) => key.includes('virtual:page/'))
  return Promise.all(
    entries.map(async (key) => {
      const chunks = [...reach(key)]
      const words = await Promise.all(['en', 'ar'].map((locale) => sizeOfAll(wordsOf(chunks, locale))))
      const page = key.slice(key.indexOf('virtual:page/') + 'virtual:page/'.length)
      return { page, gzipBytes: (await sizeOfAll(chunks)) + Math.max(...words) }
    }),
  )
}
