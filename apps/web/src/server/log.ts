import { pino } from 'pino'
import type { Logger } from 'pino'
import type { WebConfig } from './config.ts'

/** Structured lines without personal data: no query strings, no bodies, no cookies, no addresses. Written asynchronously. */
export function createLog(config: WebConfig): Logger {
  const destination = pino.destination({ dest: 1, sync: config.nodeEnv !== 'production' })
  return pino({ level: config.logLevel, base: { app: 'web' }, timestamp: pino.stdTimeFunctions.isoTime }, destination)
}
