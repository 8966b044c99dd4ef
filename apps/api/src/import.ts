import { parseArgs } from 'node:util'
import { ConfigError, readConfig } from './config.ts'
import { createContext } from './context.ts'
import { FileFault, importCatalogue, printReport } from './slices/catalog/import/import.ts'
import type { ImportOptions } from './slices/catalog/import/import.ts'

const usage = 'Usage: npm run import -- FILE.csv [--dry-run] [--media DIR] [--json]'
const PROGRESS_MS = 1_000

/** Wrong use of the command. */
class UsageError extends Error {
  override name = 'UsageError'
}

function readArguments(): ImportOptions & { isJson: boolean } {
  const options = { 'dry-run': { type: 'boolean' }, media: { type: 'string' }, json: { type: 'boolean' } } as const
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [file] = positionals
    if (file === undefined || positionals.length > 1) throw new UsageError(usage)
    return {
      file,
      isDryRun: values['dry-run'] ?? false,
      pictureFolder: values.media,
      isJson: values.json ?? false,
    }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${String(error)}\n${usage}`)
  }
}

/** Says on stderr how far it is, once a second: over itself on a terminal, line by line elsewhere. */
function createProgress(): NonNullable<ImportOptions['onProgress']> {
  const startedAt = performance.now()
  let toldAt = startedAt
  return ({ rows, of, products }) => {
    const now = performance.now()
    if (now - toldAt < PROGRESS_MS) return
    toldAt = now
    const rate = Math.round((rows / (now - startedAt)) * 1000)
    const line = `${rows} of about ${of} rows, ${rate} rows/s, ${products} products written`
    process.stderr.write(process.stderr.isTTY ? `\r\u001B[K${line}` : `${line}\n`)
  }
}

/** Exit code 0: all of it is in; 2: some rows were refused; 1: nothing could be done. */
async function main(): Promise<void> {
  const { isJson, ...options } = readArguments()
  const ctx = createContext({ ...readConfig(), REDIS_URL: undefined }, { processName: 'import' }) // needs no Redis
  try {
    const report = await importCatalogue(ctx, { ...options, onProgress: createProgress() })
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K')
    process.stdout.write(isJson ? `${JSON.stringify(report, null, 2)}\n` : printReport(report))
    process.exitCode = report.refused > 0 ? 2 : 0
  } finally {
    await ctx.close()
  }
}

main().catch((error: unknown) => {
  const isExpected = error instanceof FileFault || error instanceof UsageError || error instanceof ConfigError
  process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
})
