import { parseArgs } from 'node:util'
import { ConfigError, readConfig } from './config.ts'
import { createContext } from './context.ts'
import { rotateKeys } from './slices/identity/identity.ts'

/** Wrong use of the command. */
class UsageError extends Error {
  override name = 'UsageError'
}

function readArguments(): { isUrgent: boolean } {
  try {
    const { values } = parseArgs({ options: { now: { type: 'boolean', default: false } } })
    return { isUrgent: values.now }
  } catch (error) {
    throw new UsageError('Usage: npm run keys:rotate [-- --now]', { cause: error })
  }
}

/** `npm run keys:rotate [-- --now]`: a new key for access tokens, while everything runs. `--now` is for a key that has leaked. */
async function main(): Promise<void> {
  const options = readArguments()
  const ctx = createContext({ ...readConfig(), REDIS_URL: undefined }, { processName: 'keys' }) // NOTIFY tells everybody
  try {
    const { kid, signsFrom, oldRetiresAt, isNew } = await rotateKeys(ctx, options)
    process.stdout.write(
      isNew
        ? `key ${kid} is published; it signs from ${signsFrom.toISOString()}, older ones end at ${oldRetiresAt.toISOString()}\n`
        : `key ${kid} is on its way already and signs from ${signsFrom.toISOString()}; nothing was changed\n`,
    )
  } finally {
    await ctx.close()
  }
}

main().catch((error: unknown) => {
  const isExpected = error instanceof UsageError || error instanceof ConfigError
  process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
