import { randomUUID } from 'node:crypto'
import { createWebApp } from './app.ts'
import { builtAssets } from './assets.ts'
import { readConfig } from './config.ts'
import { startDraining } from './health.ts'
import { createLog } from './log.ts'
import { createServices } from './services.ts'

const drainMs = 10_000

const config = readConfig(process.env)
const log = createLog(config)
const clientFiles = new URL('../client/', import.meta.url)
const services = createServices(config, log, builtAssets(new URL('.vite/manifest.json', clientFiles)))
// Asked now, so that the first page knows already.
services.offers.methods(services.apiFor({ requestId: randomUUID(), locale: 'en' }))
const server = createWebApp(services, { clientFiles }).listen(config.port, config.host, (error) => {
  if (error) {
    log.fatal({ err: error }, `cannot listen on ${config.host}:${config.port} (PORT)`)
    process.exit(1)
  }
  log.info({ address: server.address() }, 'website listens')
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
