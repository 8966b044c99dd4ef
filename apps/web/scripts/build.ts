import { readdir, readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'vite'
import { measureScripts, scriptBudgets } from './script-sizes.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
/** `node scripts/build.ts [folder]`: tests and benchmarks build into folders of their own, below `dist`. */
const target = resolve(root, process.argv[2] ?? 'dist')
const clientFolder = `${target}/client`
const worthCompressing = /\.(js|css|svg|json|txt|webmanifest)$/
const smallestWorthCompressing = 512

/** Writes `.gz` and `.br` beside every text file, at the best level: it is done once and sent for ever. */
async function compressAhead(): Promise<void> {
  const files = await readdir(clientFolder, { recursive: true, withFileTypes: true })
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
const configFile = `${root}/vite.config.ts`
await build({ configFile, logLevel: 'warn', build: { outDir: clientFolder } })
await build({ configFile, logLevel: 'warn', build: { ssr: true, outDir: `${target}/server` } })
await compressAhead()
const sizes = await measureScripts(`${clientFolder}/`)
for (const { page, gzipBytes } of sizes)
  console.log(`${page.padEnd(20)} ${(gzipBytes / 1000).toFixed(1).padStart(6)} kB of script, gzip`)
const over = sizes.filter(({ page, gzipBytes }) => gzipBytes > (scriptBudgets[page] ?? scriptBudgets['other'] ?? 0))
if (over.length) {
  console.error(`over budget: ${over.map(({ page }) => page).join(', ')}`)
  process.exitCode = 1
}
