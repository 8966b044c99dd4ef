import type { ServerResponse } from 'node:http'
import type { Fault } from './faults.ts'

const LATE_MS = 1_000
const PIECES = 20

/** Writes an answer now, after a while (`slow`), or at once but in pieces that take as long to arrive (`slow-bytes`). */
export function answerLate(res: ServerResponse, fault: Fault | undefined, write: () => void): void {
  const delayMs = fault?.delayMs ?? LATE_MS
  if (fault?.kind === 'slow') return void setTimeout(write, delayMs)
  if (fault?.kind === 'slow-bytes') trickle(res, delayMs)
  write()
}

/** Has the body of the answer that is about to be written leave in pieces, headers first: only a limit on the whole of it helps. */
function trickle(res: ServerResponse, overMs: number): void {
  const end = res.end.bind(res)
  const endSlowly = (body: unknown): ServerResponse => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : '')
    const size = Math.max(1, Math.ceil(bytes.length / PIECES))
    let sent = 0
    res.flushHeaders()
    const timer = setInterval(() => {
      if (res.destroyed) return clearInterval(timer)
      const piece = bytes.subarray(sent, sent + size)
      sent += size
      if (sent < bytes.length) return void res.write(piece)
      clearInterval(timer)
      end(piece)
    }, overMs / PIECES)
    return res
  }
  res.end = endSlowly as ServerResponse['end'] // its overloads take callbacks and encodings that nobody here gives
}
