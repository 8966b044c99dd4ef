import { readdir, readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
/** `node scripts/build.ts [folder]`: somewhere else than `dist`. */
const target = resolve(root, process.argv[2] ?? 'dist')
const worthCompressing = /\.(js|css|svg|html)$/
const smallestWorthCompressing = 512

/** Writes `.gz` and `.br` beside every text file, at the best level: it is done once and sent for ever. */
async function compressAhead(): Promise<void> {
  const files = await readdir(target, { recursive: true, withFileTypes: true })
  for (const file of files.filter((entry) => entry.isFile() && worthCompressing.test(entry.name))) {
    const path = `${file.parentPath}/${file.name}`
    const bytes = await readFile(path)
    if (bytes.length < smallestWorthCompressing) continue
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
    await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }))
    await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, quality))
  }
}

process.env['NODE_ENV'] = 'production'
await build({ configFile: `${root}/vite.config.ts`, logLevel: 'warn', build: { outDir: target } })
await compressAhead()
