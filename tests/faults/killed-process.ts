import { ApiUnreachable } from '@dhow/api-client/api-client.ts'
import { expect, vi } from 'vitest'
import type { TestApp } from '../../apps/api/test/app.ts'
import { startRealProcess } from '../../apps/api/test/process.ts'
import type { RunningSandbox } from '../../apps/sandbox/src/app.ts'

type Fault = Parameters<RunningSandbox['control']['addFault']>[0]

/** Longer than anybody looks for the right moment to kill. */
const HELD_MS = 5_000
const patience = { timeout: 60_000, interval: 2 }

export interface CallToProvider {
  provider: Fault['provider']
  /** As the sandbox counts it: `POST /v1/payment_intents/{id}/capture`. */
  endpoint: string
}

/** How often a provider was called. */
export const callsOf = ({ sandbox }: Pick<TestApp, 'sandbox'>, { endpoint }: Pick<CallToProvider, 'endpoint'>) =>
  sandbox.control.calls()[endpoint] ?? 0

/** Has the next such call take effect, and its answer not arrive in time. Gives a wait for the moment when it has. */
export function holdAnswerOf(app: TestApp, call: CallToProvider): () => Promise<void> {
  const [method = '', path = ''] = call.endpoint.split(' ')
  const before = callsOf(app, call)
  app.sandbox.control.addFault({ provider: call.provider, method, path, kind: 'slow', delayMs: HELD_MS })
  return async () => void (await vi.waitUntil(() => callsOf(app, call) > before, patience))
}

/** Sends a request to an API of its own, and kills that API when the provider has done its part and its answer is on the way. */
export async function killDuring(
  app: TestApp,
  call: CallToProvider,
  request: (baseUrl: string) => Promise<unknown>,
): Promise<void> {
  const api = await startRealProcess({ entry: 'main', env: app.env })
  const hasReached = holdAnswerOf(app, call)
  const lost = request(api.baseUrl).catch((error: unknown) => error)
  await hasReached()
  await api.kill()
  expect(await lost).toBeInstanceOf(ApiUnreachable)
}
