import type { Express, Request } from 'express'
import type { AppContext } from '../../context.ts'
import { pingDatabase } from '../db/database.ts'
import { Problem } from './problem.ts'

const loopback = /^(127\.|::1$|::ffff:127\.)/

/** Metrics are for the machine itself and its scraper: a request that came through a proxy is answered 404. */
function requireInternal(request: Request): void {
  if (request.headers['x-forwarded-for'] || !loopback.test(request.socket.remoteAddress ?? ''))
    throw new Problem('request/not-found')
}

/** `live`: the event loop turns. `ready`: PostgreSQL answers and the process is not draining; Redis only degrades. */
export function mountHealth(app: Express, ctx: AppContext): void {
  app.get('/health/live', (_request, response) => void response.json({ status: 'live' }))
  app.get('/health/ready', async (_request, response) => {
    response.setHeader('Cache-Control', 'no-store')
    try {
      if (ctx.lifecycle.isDraining) throw new Error('draining')
      await pingDatabase(ctx.db)
      response.json({ status: 'ready', redis: ctx.redis ? (ctx.redis.isReady ? 'up' : 'down') : 'in-process' })
    } catch {
      response.status(503).json({ status: ctx.lifecycle.isDraining ? 'draining' : 'database-down' })
    }
  })
  app.get('/metrics', async (request, response) => {
    requireInternal(request)
    response.type(ctx.metrics.registry.contentType).end(await ctx.metrics.registry.metrics())
  })
}
