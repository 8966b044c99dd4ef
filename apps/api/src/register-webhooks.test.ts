import { execFile } from 'node:child_process'
import { stripeEvents } from '@dhow/contracts/webhook-events.ts'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { startSandbox } from '../../sandbox/src/app.ts'
import { atProvider } from '../test/provider.ts'
import { unitConfig, unitEnvironment } from '../test/unit-config.ts'
import { runRegistration } from './providers/payments/registration-command.ts'
import type { Asked } from './providers/payments/registration-command.ts'

const sandbox = await startSandbox()
afterAll(sandbox.close)
beforeEach(() => sandbox.control.reset())

const { stripe, tabby, tamara } = sandbox.config
const keys = {
  STRIPE_API_BASE: sandbox.url,
  STRIPE_SECRET_KEY: stripe.secretKey,
  TABBY_API_BASE: sandbox.url,
  TABBY_SECRET_KEY: tabby.secretKey,
  TABBY_WEBHOOK_SECRETS: tabby.webhookSecret,
  TAMARA_API_BASE: sandbox.url,
  TAMARA_API_TOKEN: tamara.apiToken,
  TAMARA_NOTIFICATION_TOKENS: tamara.notificationToken,
}

/** What the command does, in this process. */
async function run(
  asked: Partial<Asked> = {},
  env: Record<string, string> = {},
): Promise<{ failures: number; said: string }> {
  const lines: string[] = []
  const config = unitConfig({ ...keys, ...env })
  const failures = await runRegistration(
    config,
    { isList: false, apiUrl: undefined, remove: undefined, ...asked },
    (line) => lines.push(line),
  )
  return { failures, said: `${lines.join('\n')}\n` }
}

/** The command as a person runs it. */
async function runCommand(args: string[], env: Record<string, string> = {}): Promise<{ code: number; said: string }> {
  const command = [`${import.meta.dirname}/register-webhooks.ts`, ...args]
  const options = { env: { PATH: process.env['PATH'] ?? '', ...unitEnvironment, ...keys, ...env } }
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
    )
  })
}
const endpoints = () => sandbox.control.state().endpoints

describe('npm run webhooks:register', () => {
  test('registers every provider once, and prints what belongs into the environment', async () => {
    const first = await runCommand([], { STRIPE_WEBHOOK_SECRETS: '' })
    expect(first.code).toBe(0)
    expect(first.said).toMatch(/STRIPE_WEBHOOK_SECRETS=whsec_\w+\n/)
    for (const provider of ['stripe', 'tabby', 'tamara']) expect(first.said).toContain(`${provider}: created`)
    expect(first.said).toContain('wallets: shop.example: Apple Pay active, Google Pay active')
    expect(endpoints()).toMatchObject([
      { url: 'https://api.shop.example/webhooks/stripe', enabledEvents: stripeEvents },
    ])

    const again = await run()
    for (const provider of ['stripe', 'tabby', 'tamara']) expect(again.said).toContain(`${provider}: as it should be`)
    expect(again.said).not.toContain('whsec_')
    expect(endpoints()).toHaveLength(1)

    const listed = await run({ isList: true })
    expect(listed.said).toContain(`stripe: ${endpoints()[0]?.id} → https://api.shop.example/webhooks/stripe`)
    const removed = await run({ remove: `stripe:${endpoints()[0]?.id}` })
    expect(removed.failures).toBe(0)
    expect(endpoints()).toEqual([])
  })

  test('brings an endpoint with too few events up to date; one of another version gets a successor, with both secrets', async () => {
    const url = 'https://api.shop.example/webhooks/stripe'
    const made = { url, 'enabled_events[0]': 'payment_intent.succeeded' }
    await atProvider(sandbox, '/webhook_endpoints', { ...made, api_version: '2026-10-28.endive' })
    expect((await run()).said).toContain('stripe: brought up to date')
    expect(endpoints()).toMatchObject([{ enabledEvents: stripeEvents }])

    sandbox.control.reset()
    const old = await atProvider(sandbox, '/webhook_endpoints', { ...made, api_version: '2025-04-30.basil' })
    const { said } = await run({}, { STRIPE_WEBHOOK_SECRETS: 'whsec_of_the_old' })
    expect(said).toMatch(/STRIPE_WEBHOOK_SECRETS=whsec_\w+,whsec_of_the_old\n/)
    expect(said).toContain(`--remove stripe:${old.id}`)
    expect(endpoints()).toHaveLength(2)
  })

  test('takes another address than the configured one, and leaves what is registered there alone', async () => {
    await run()
    const { said } = await run({ apiUrl: 'https://api.new.example/' })
    expect(said).toContain('tamara: created')
    expect(endpoints().map(({ url }) => url)).toEqual([
      'https://api.shop.example/webhooks/stripe',
      'https://api.new.example/webhooks/stripe',
    ])
  })

  test('goes on with the others when one fails, and counts it', async () => {
    const { failures, said } = await run({}, { TABBY_WEBHOOK_SECRETS: '' })
    expect(failures).toBe(1)
    expect(said).toContain('tabby: failed:')
    expect(said).toContain('tamara: created')
  })

  test('without keys of a provider leaves it alone; wrong use is told', async () => {
    const { said } = await run({}, { TABBY_SECRET_KEY: '', TAMARA_API_TOKEN: '', WEBSITE_URL: 'http://localhost:3000' })
    expect(said).not.toMatch(/tabby|tamara|wallets/)
    expect(await runCommand(['--remove', 'stripe'])).toMatchObject({
      code: 1,
      said: expect.stringContaining('Usage:') as string,
    })
  })
})
