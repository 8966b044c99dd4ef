import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { startSandbox } from '../app.ts'

const clientOf = (port: number): Stripe => new Stripe('sk_test_dhow', { host: '127.0.0.1', port, protocol: 'http' })

test('a sandbox that is restarted with a state file still knows its payments', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dhow-sandbox-'))
  const stateFile = path.join(folder, 'sandbox.json')
  const first = await startSandbox({ stateFile })
  const made = await clientOf(first.port).paymentIntents.create({
    amount: 14_950,
    currency: 'aed',
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  })
  await clientOf(first.port).paymentIntents.confirm(made.id, { payment_method: 'pm_card_visa' })
  await first.close()

  const second = await startSandbox({ stateFile })
  const found = await clientOf(second.port).paymentIntents.retrieve(made.id, { expand: ['latest_charge'] })
  expect(found).toMatchObject({ status: 'succeeded', amount_received: 14_950, latest_charge: { captured: true } })
  await second.close()
  rmSync(folder, { recursive: true })
})
