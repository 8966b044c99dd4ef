import { pino } from 'pino'
import { createAdminApp } from './app.ts'
import { readConfig } from './config.ts'
import { startDraining } from './health.ts'

const drainMs = 10_000

const config = readConfig(process.env)
const log = pino({ level: config.logLevel, base: { app: 'admin' }, timestamp: pino.stdTimeFunctions.isoTime })
const app = createAdminApp(config, log, new URL('../dist/', import.meta.url))
const server = app.listen(config.port, config.host, (error) => {
  if (error) {
    log.fatal({ err: error }, `cannot listen on ${config.host}:${config.port} (ADMIN_PORT)`)
    process.exit(1)
  }
  log.info({ address: server.address() }, 'back office listens')
})
// Longer than any proxy's, so that a connection is never closed under a request on its way.
server.keepAliveTimeout = 65_000

function stop(): void {
  startDraining()
  log.info('draining')
  server.close(() => process.exit(0))
  server.closeIdleConnections()
  setTimeout(() => process.exit(1), drainMs).unref()
}

process.once('SIGTERM', stop)
process.once('SIGINT', stop)
