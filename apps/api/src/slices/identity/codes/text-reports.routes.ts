import express from 'express'
import type { Express } from 'express'
import type { AppContext } from '../../../context.ts'
import { noteTextReport } from './text-reports.sql.ts'

/**
 * `POST /webhooks/twilio`: what became of a text. Signed over our public address and every field; forged is 403. Anything else
 * is 204, also a text we do not know (a code of Verify's, another system's): Twilio would only repeat it.
 */
export function mountTextReports(app: Express, ctx: AppContext): void {
  const readText = express.text({ type: () => true, limit: '64kb' })
  app.post('/webhooks/twilio', readText, async (request, response) => {
    const rawBody = typeof request.body === 'string' ? request.body : ''
    const signature = request.get('x-twilio-signature')
    const outcome = await ctx.providers.sms.readReport(request.originalUrl, rawBody, signature)
    if (outcome.kind === 'forged') {
      ctx.log.warn({ provider: 'twilio', bytes: rawBody.length }, 'webhook with a bad signature')
      return void response.status(403).end()
    }
    if (outcome.kind === 'report') {
      const { state, errorCode } = outcome.report
      await noteTextReport(ctx.db, outcome.report)
      if (state === 'undelivered') ctx.log.warn({ provider: 'twilio', errorCode }, 'a text did not arrive')
    }
    response.status(204).end()
  })
}
