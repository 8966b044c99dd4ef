import { parseArgs } from 'node:util'
import { ConfigError, readConfig } from './config.ts'
import { RegistrationUsageError, runRegistration } from './providers/payments/registration-command.ts'
import type { Asked } from './providers/payments/registration-command.ts'

const usage = `Usage: npm run webhooks:register [-- https://api.your-shop.ae | --list | --remove PROVIDER:ID]

Has Stripe, and Tabby and Tamara where they are configured, send their webhooks to this address (PUBLIC_API_URL when none
is given), and Stripe's wallets know the website. Doing it again changes nothing. Prints what belongs into the environment.`

function readArguments(): Asked {
  try {
    const options = { list: { type: 'boolean', default: false }, remove: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [apiUrl, ...rest] = positionals
    if (rest.length > 0 || (apiUrl !== undefined && !/^https?:\/\/[^/]/.test(apiUrl))) throw new Error('no address')
    return { isList: values.list, apiUrl, remove: values.remove }
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
