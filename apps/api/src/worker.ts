import express from 'express'
import { ConfigError, readConfig } from './config.ts'
import { createContext } from './context.ts'
import { requireMigrated } from './platform/db/release-schema.ts'
import { jobHandlers, jobSchedule } from './jobs.ts'
import { mountHealth } from './platform/http/health.ts'
import { drain, listen } from './platform/http/server.ts'
import { startWorker } from './platform/jobs/run-worker.ts'
import { onShutdown } from './platform/lifecycle.ts'

/** The worker process: does the jobs, and listens only for health checks and metrics. Run as many as needed. */
async function main(): Promise<void> {
  const config = readConfig()
  const ctx = createContext(config, { processName: 'worker' })
  await requireMigrated(ctx.db)
  const worker = await startWorker(ctx, { handlers: jobHandlers, schedule: jobSchedule })
  const app = express().disable('x-powered-by').disable('etag')
  mountHealth(app, ctx)
  const { server, port } = await listen(app, { host: config.API_HOST, port: config.WORKER_PORT })
  ctx.log.info({ port }, 'worker is working')
  process.send?.('ready')
  onShutdown(ctx.log, async () => {
    ctx.lifecycle.isDraining = true
    await worker.stop()
    await drain(server)
    await ctx.close()
  })
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exit(1)
})
