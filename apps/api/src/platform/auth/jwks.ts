import type { Express } from 'express'
import type { AppContext } from '../../context.ts'

/** Shorter than a new key is published before it signs, so that nobody who keeps the set meets a key they have not read. */
const MAX_AGE_SECONDS = 300

/** The public halves of our keys (RFC 7517), where others expect them. */
export function mountKeySet(app: Express, ctx: AppContext): void {
  app.get('/.well-known/jwks.json', async (_request, response) => {
    const keys = await ctx.keyring.publicKeys()
    response.setHeader('Cache-Control', `public, max-age=${MAX_AGE_SECONDS}`)
    response.type('application/jwk-set+json').send(JSON.stringify({ keys }))
  })
}
