import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'

export type Log = Logger

const redacted = [
  'headers',
  'authorization',
  'cookie',
  'body',
  'email',
  'phone',
  'address',
  'contact',
  'token',
  'clientSecret',
]

/** Structured logs, one JSON object a line, without personal data: what could carry some is redacted by name at any first level. */
export function createLog(options: { level: string; name: string; destination?: DestinationStream }): Log {
  const settings = {
    level: options.level,
    base: { process: options.name, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redacted.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return options.destination
    ? pino(settings, options.destination)
    : pino(settings, pino.destination({ fd: 1, sync: false, minLength: 4096 }))
}
