import { createLog } from '../src/platform/telemetry/log.ts'
import type { Log } from '../src/platform/telemetry/log.ts'

export interface LogLine {
  level: string
  msg: string
  [field: string]: unknown
}

/** The real logger writing into an array. `DHOW_TEST_LOG=1` prints the lines too, for whoever looks for a failure. */
export function recordLog(level: string): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = []
  const isPrinting = process.env['DHOW_TEST_LOG'] === '1'
  const destination = {
    write(text: string) {
      lines.push(JSON.parse(text))
      if (isPrinting) process.stderr.write(text)
    },
  }
  return { log: createLog({ level, name: 'test', destination }), lines }
}
