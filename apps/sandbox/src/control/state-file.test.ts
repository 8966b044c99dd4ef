import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Stripe from 'stripe'
import { expect, onTestFinished, test } from 'vitest'
import { startSandbox } from '../app.ts'

const clientOf = (port: number): Stripe => new Stripe('sk_test_dhow', { host: '127.0.0.1', port, protocol: 'http' })

function newStateFile(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'dhow-sandbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return path.join(folder, 'sandbox.json')
}

async function pay(stripe: Stripe): Promise<string> {
  const made = await stripe.paymentIntents.create({
    amount: 14_950,
    currency: 'aed',
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  })
  await stripe.paymentIntents.confirm(made.id, { payment_method: 'pm_card_visa' })
  return made.id
}

test('a sandbox that is restarted with a state file still knows its payments', async () => {
  const stateFile = newStateFile()
  const first = await startSandbox({ stateFile })
  const paid = await pay(clientOf(first.port))
  await first.close()

  const second = await startSandbox({ stateFile })
  const found = await clientOf(second.port).paymentIntents.retrieve(paid, { expand: ['latest_charge'] })
  expect(found).toMatchObject({ status: 'succeeded', amount_received: 14_950, latest_charge: { captured: true } })
  const method = await clientOf(second.port).paymentMethods.retrieve(found.payment_method as string) // an id unless expanded
  expect(method).toMatchObject({ card: { brand: 'visa' } })
  await second.close()
})

test('and one that was killed knows them, a moment after they were made', async () => {
  const stateFile = newStateFile()
  const main = path.join(import.meta.dirname, '..', 'main.ts')
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, SANDBOX_PORT: '0', SANDBOX_STATE_FILE: stateFile },
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  onTestFinished(() => void child.kill('SIGKILL'))
  const port = await new Promise<number>((resolve) =>
    child.stdout.on('data', (chunk: Buffer) => resolve(Number(/:(\d+) /.exec(chunk.toString())?.[1]))),
  )
  const paid = await pay(clientOf(port))
  await expect.poll(() => existsSync(stateFile) && readFileSync(stateFile, 'utf8').includes('"succeeded"')).toBe(true)
  child.kill('SIGKILL')
  await ended

  const second = await startSandbox({ stateFile })
  expect(await clientOf(second.port).paymentIntents.retrieve(paid)).toMatchObject({ status: 'succeeded' })
  await second.close()
})
