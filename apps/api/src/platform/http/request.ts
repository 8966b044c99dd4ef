import type { Locale } from '@dhow/contracts/primitives.ts'
import type { Request, Response } from 'express'
import { newId } from '../ids.ts'

const safeRequestId = /^[A-Za-z0-9-]{8,64}$/

/** The caller's request id if it looks like one, else ours; answered as `X-Request-Id` and logged. */
export function assignRequestId(request: Request, response: Response): string {
  const given = request.headers['x-request-id']
  const id = typeof given === 'string' && safeRequestId.test(given) ? given : newId()
  response.setHeader('X-Request-Id', id)
  return id
}

export const requestIdOf = (response: Response): string => String(response.getHeader('X-Request-Id') ?? '')

/** `ar` when Accept-Language prefers Arabic, else `en`: first match in the header's order, which is how browsers send it. */
export function localeOf(header: string | undefined): Locale {
  if (!header) return 'en'
  if (header.startsWith('ar')) return 'ar'
  if (header.startsWith('en')) return 'en'
  const first = header
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((tag) => tag === 'ar' || tag === 'en')
  return first === 'ar' ? 'ar' : 'en'
}
