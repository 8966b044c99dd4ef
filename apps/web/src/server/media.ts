import express, { Router } from 'express'

const oneDayMs = 24 * 60 * 60 * 1000
const rendition = /^(\/[a-z0-9][a-z0-9._-]*){1,4}\/\d{2,4}\.(avif|webp)$/

/** `/media/<key>/<width>.avif|webp` from the folder the API writes. Only renditions: nothing else in there has an address. */
export function mediaRoutes(folder: string): Router {
  const router = Router()
  const files = express.static(folder, {
    maxAge: oneDayMs,
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    fallthrough: true,
  })
  router.use('/media', (req, res, next) => {
    if (!rendition.test(req.path)) return void res.status(404).end()
    res.set({ 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-site' })
    files(req, res, () => {
      res.set('cache-control', 'no-store').status(404).end()
      void next
    })
  })
  return router
}
