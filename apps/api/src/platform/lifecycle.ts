import type { Log } from './telemetry/log.ts'

/** A shutdown that hangs is worse than one that cuts: PM2 kills at 30 s. */
const HARD_EXIT_MS = 28_000

/** Runs `close` once on SIGTERM or SIGINT, then exits. An error nobody expected does the same and exits 1. */
export function onShutdown(log: Log, close: () => Promise<void>): void {
  let isClosing = false
  const shutDown = (reason: string, exitCode: number): void => {
    if (isClosing) return
    isClosing = true
    log.info({ reason }, 'shutting down')
    setTimeout(() => process.exit(exitCode || 1), HARD_EXIT_MS).unref()
    close().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        log.error({ err: error }, 'shutdown failed')
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', () => shutDown('SIGTERM', 0))
  process.once('SIGINT', () => shutDown('SIGINT', 0))
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught exception')
    shutDown('uncaught exception', 1)
  })
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'unhandled rejection')
    shutDown('unhandled rejection', 1)
  })
}
