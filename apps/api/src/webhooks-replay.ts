import { parseArgs } from 'node:util'
import { WebhookProvider, WebhookState } from '@dhow/contracts/webhook-log.ts'
import { z } from 'zod'
import { ConfigError, readConfig } from './config.ts'
import { createContext } from './context.ts'
import { replayWebhooks } from './slices/payments/payments.ts'

const usage = `Usage: npm run webhooks:replay -- [--provider stripe|tabby|tamara] [--since INSTANT] [--state stored|handled|failed|ignored] [--id EVENT]

Handles stored webhooks again, by the worker. INSTANT is like 2026-11-23T08:00:00Z. At least one filter is needed.`

/** Wrong use of the command. */
class UsageError extends Error {
  override name = 'UsageError'
}

const Filter = z.strictObject({
  provider: WebhookProvider.optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  state: WebhookState.optional(),
  id: z.string().min(1).max(255).optional(),
})

function readFilter(): z.output<typeof Filter> {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({ options: { provider: text, since: text, state: text, id: text } })
    if (Object.keys(values).length === 0) throw new Error('nothing chosen')
    return Filter.parse({ ...values })
  } catch (error) {
    throw new UsageError(usage, { cause: error })
  }
}

async function main(): Promise<void> {
  const { id: eventId, since, ...filter } = readFilter()
  const ctx = createContext({ ...readConfig(), REDIS_URL: undefined }, { processName: 'webhooks-replay' })
  try {
    const count = await replayWebhooks(ctx, {
      ...filter,
      eventId,
      since: since === undefined ? undefined : new Date(since),
    })
    process.stdout.write(`${count} ${count === 1 ? 'event waits' : 'events wait'} to be handled again\n`)
  } finally {
    await ctx.close()
  }
}

main().catch((error: unknown) => {
  const isExpected = error instanceof UsageError || error instanceof ConfigError
  process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
