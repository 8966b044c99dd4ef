import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ORDER } from '../../test/client.ts'
import { purchase } from '../../test/tabby.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'

let sandbox: RunningSandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const requests = {
  stripe: () => ['/v1/payment_intents', 'sk_test_dhow', new URLSearchParams(ORDER).toString()],
  tabby: () => ['/api/v2/checkout', 'sk_test_dhow_tabby', JSON.stringify(purchase())],
} as const

test.each(['stripe', 'tabby'] as const)('%s answers in pieces, whole in the end', async (provider) => {
  sandbox.control.addFault({ provider, kind: 'slow-bytes', delayMs: 60 })
  const [path = '', key = '', body = ''] = requests[provider]()
  const isForm = provider === 'stripe'
  const response = await fetch(sandbox.url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
    },
    body,
  })
  const pieces: string[] = []
  const decoder = new TextDecoder()
  for await (const piece of response.body ?? []) pieces.push(decoder.decode(piece, { stream: true }))
  expect(response.status).toBe(200)
  expect(pieces.length).toBeGreaterThan(1)
  expect(JSON.parse(pieces.join(''))).toMatchObject({ id: expect.any(String) })
})
