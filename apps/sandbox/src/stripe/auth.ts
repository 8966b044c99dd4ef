import type { Request } from 'express'
import type { StripeConfig } from '../config.ts'
import { unauthorised } from './errors.ts'
import type { FormObject } from './params.ts'

export type Caller = { key: string; publishable: boolean; clientSecret: string | undefined }

/** Who calls: Bearer, Basic with the key as user name, or Stripe.js's `key` field. Throws 401. */
export function identify(config: StripeConfig, req: Request, form: FormObject): Caller {
  const key = keyOf(req, form)
  if (key === undefined)
    throw unauthorised(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    )
  const clientSecret = typeof form['client_secret'] === 'string' ? form['client_secret'] : undefined
  if (key === config.secretKey) return { key, publishable: false, clientSecret }
  if (key === config.publishableKey) return { key, publishable: true, clientSecret }
  throw unauthorised(`Invalid API Key provided: ${masked(key)}`)
}

function keyOf(req: Request, form: FormObject): string | undefined {
  const header = req.get('authorization') ?? ''
  const [scheme = '', value = ''] = header.split(' ')
  if (scheme.toLowerCase() === 'bearer' && value) return value
  if (scheme.toLowerCase() === 'basic' && value) return Buffer.from(value, 'base64').toString('utf8').split(':')[0]
  return typeof form['key'] === 'string' ? form['key'] : undefined
}

function masked(key: string): string {
  return key.length <= 12 ? '*'.repeat(key.length) : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`
}
