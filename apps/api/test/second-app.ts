import { afterAll, onTestFinished } from 'vitest'
import { createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createContext } from '../src/context.ts'
import type { AppContext } from '../src/context.ts'
import { hearChanges } from '../src/platform/auth/changes.ts'
import { listen } from '../src/platform/http/server.ts'
import type { TestApp } from './app.ts'
import { recordLog } from './log-lines.ts'

export interface SecondApp {
  baseUrl: string
  ctx: AppContext
}

export interface SecondAppOptions {
  /** Settings that differ from the first one's. */
  env?: Record<string, string>
  /** False for one that hears of no change: its database listener and its Redis are away. */
  isHearing?: boolean
  /** False for one whose database listener alone is away. */
  isListening?: boolean
}

/** The API once more, as in another process: same database, clock and settings, but copies and connections of its own. */
export async function startSecondApp(app: TestApp, options: SecondAppOptions = {}): Promise<SecondApp> {
  const { env = {}, isHearing = true, isListening = true } = options
  const { log } = recordLog('warn')
  const ctx = createContext(readConfig({ ...app.env, ...env }), { processName: 'second', clock: app.clock, log })
  const nowhere = { ...ctx.config, DATABASE_URL: 'postgresql://127.0.0.1:1/nowhere' }
  const stopHearing = isHearing ? hearChanges(isListening ? ctx : { ...ctx, config: nowhere }) : async () => undefined
  const { server, port } = await listen(createApp(ctx), { host: '127.0.0.1', port: 0 })
  async function close(): Promise<void> {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await stopHearing()
    await ctx.close()
  }
  try {
    onTestFinished(close)
  } catch {
    afterAll(close)
  }
  return { baseUrl: `http://127.0.0.1:${port}`, ctx }
}
