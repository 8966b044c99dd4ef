import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'

const MAIN = new URL('main.ts', import.meta.url).pathname

test('the process says where it listens, and leaves cleanly when told', async () => {
  const child = spawn(process.execPath, [MAIN], { env: { ...process.env, SANDBOX_PORT: '0' } })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const url = /http:\/\/\S+/.exec(line.toString())?.[0]
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('an unusable setting ends it with one clear message', async () => {
  const child = spawn(process.execPath, [MAIN], { env: { ...process.env, SANDBOX_STRIPE_SECRET_KEY: 'sk_live_1' } })
  const [message] = (await once(child.stderr, 'data')) as [Buffer]
  expect(message.toString()).toContain('SANDBOX_STRIPE_SECRET_KEY must start with "sk_test_"')
  expect(await once(child, 'exit')).toEqual([1, null])
})
