import { parseArgs } from 'node:util'
import { ConfigError, readConfig } from './config.ts'
import { RegistrationUsageError, runRegistration } from './providers/payments/registration-command.ts'
import type { Asked } from './providers/payments/registration-command.ts'

const usage = `Usage: npm run webhooks:register [-- --list | --remove PROVIDER:ID]

Has Stripe, and Tabby and Tamara where they are configured, send their webhooks to PUBLIC_API_URL, and Stripe's wallets know the
website. Doing it again changes nothing. Prints what belongs into the environment.`

function readArguments(): Asked {
  try {
    const { values } = parseArgs({ options: { list: { type: 'boolean', default: false }, remove: { type: 'string' } } })
    return { isList: values.list, remove: values.remove }
  } catch (error) {
    throw new RegistrationUsageError('unknown arguments', { cause: error })
  }
}

async function main(): Promise<void> {
  const asked = readArguments()
  // The first endpoint is what Stripe's secret comes from: before it there can be none.
  const config = readConfig(undefined, { STRIPE_WEBHOOK_SECRETS: 'none-yet' })
  const failures = await runRegistration(config, asked, (line) => void process.stdout.write(`${line}\n`))
  if (failures > 0) process.exitCode = 1
}

main().catch((error: unknown) => {
  const said = error instanceof RegistrationUsageError ? `${error.message}\n\n${usage}` : undefined
  const expected = error instanceof ConfigError ? error.message : said
  process.stderr.write(`${expected ?? (error instanceof Error ? error.stack : String(error))}\n`)
  process.exit(1)
})
