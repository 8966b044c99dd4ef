import type { RequestHandler } from 'express'
import type { Log } from '../telemetry/log.ts'
import { requestIdOf } from './request.ts'

/** One line a request: method, path without its query or unguessable parts, status, milliseconds. */
export function logRequests(log: Log): RequestHandler {
  const isOn = log.isLevelEnabled('info')
  return (request, response, next) => {
    if (!isOn) return next()
    const startedAt = performance.now()
    const { method } = request
    const path = request.path.replace(/\/carts\/[^/]+/, '/carts/…')
    response.once('finish', () => {
      log.info(
        {
          method,
          path,
          status: response.statusCode,
          ms: Math.round(performance.now() - startedAt),
          requestId: requestIdOf(response),
        },
        'request',
      )
    })
    next()
  }
}
