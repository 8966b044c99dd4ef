import { parseArgs } from 'node:util'
import { ReconciledBooks } from '@dhow/contracts/reconciliation.ts'
import { z } from 'zod'
import { ConfigError, readConfig } from './config.ts'
import { createContext } from './context.ts'
import type { AppContext } from './context.ts'
import { createLog } from './platform/telemetry/log.ts'
import { booksToCompare, lastDays, printReport, runReconciliation } from './slices/reconciliation/reconciliation.ts'
import type { RunReport } from './slices/reconciliation/reconciliation.ts'

const usage = `Usage: npm run reconcile [-- --provider stripe|tabby|tamara|cod|shop] [--from INSTANT] [--to INSTANT] [--json]

Compares our books with those of the providers, puts right what our own handlers can, and prints what is left. Without times it is
the last 35 days. Exit code 1 with a difference that nobody has explained, 2 when books could not be compared.`

/** Wrong use of the command. */
class UsageError extends Error {
  override name = 'UsageError'
}

const Options = z.strictObject({
  provider: ReconciledBooks.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  json: z.boolean(),
})

function readOptions(): z.output<typeof Options> {
  const text = { type: 'string' } as const
  try {
    const json = { type: 'boolean', default: false } as const
    return Options.parse({ ...parseArgs({ options: { provider: text, from: text, to: text, json } }).values })
  } catch (error) {
    throw new UsageError(usage, { cause: error })
  }
}

async function compareAll(ctx: AppContext, options: z.output<typeof Options>): Promise<RunReport[]> {
  const usual = lastDays(ctx, 35)
  const from = options.from === undefined ? usual.from : new Date(options.from)
  const to = options.to === undefined ? usual.to : new Date(options.to)
  if (from >= to) throw new UsageError(usage)
  const books = booksToCompare(ctx).filter((name) => options.provider === undefined || name === options.provider)
  const reports: RunReport[] = []
  for (const provider of books) {
    const report = await runReconciliation(ctx, { provider, kind: 'manual', window: { from, to } })
    if (!report) throw new UsageError(`${provider} is being compared already; try again in a moment`)
    reports.push(report)
  }
  return reports
}

async function main(): Promise<void> {
  const options = readOptions()
  const config = { ...readConfig(), REDIS_URL: undefined }
  // The report alone goes to standard output, so that it can be piped on.
  const log = createLog({ level: config.LOG_LEVEL, name: 'reconcile', destination: process.stderr })
  const ctx = createContext(config, { processName: 'reconcile', log })
  try {
    const reports = await compareAll(ctx, options)
    process.stdout.write(`${options.json ? JSON.stringify(reports, null, 2) : printReport(reports)}\n`)
    if (reports.some((report) => report.state === 'failed')) process.exitCode = 2
    else if (reports.some((report) => report.unexplained > 0)) process.exitCode = 1
  } finally {
    await ctx.close()
  }
}

main().catch((error: unknown) => {
  const isExpected = error instanceof UsageError || error instanceof ConfigError
  process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(2)
})
