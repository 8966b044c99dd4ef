import { Router } from 'express'

let isDraining = false

/** Readiness turns false before the last connections are finished, so that no new ones are sent here. */
export function startDraining(): void {
  isDraining = true
}

/** Liveness says the process answers, readiness that it should get traffic. The API being down is no reason to take the pages away. */
export function healthRoutes(): Router {
  const router = Router()
  router.get('/health/live', (_req, res) => void res.set('cache-control', 'no-store').json({ status: 'ok' }))
  router.get('/health/ready', (_req, res) => {
    res
      .set('cache-control', 'no-store')
      .status(isDraining ? 503 : 200)
      .json({ status: isDraining ? 'draining' : 'ok' })
  })
  return router
}
