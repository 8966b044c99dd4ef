import { listAuditEvents } from '@dhow/contracts/audit.ts'
import type { QueryInput } from '@dhow/contracts/endpoint.ts'

type Query = NonNullable<QueryInput<typeof listAuditEvents>>

/** A day in the address is a day in Dubai: from its first moment, or to its last. */
const startOfDay = (day: string): string => new Date(`${day}T00:00:00+04:00`).toISOString()
const endOfDay = (day: string): string => new Date(Date.parse(startOfDay(day)) + 24 * 60 * 60 * 1000 - 1).toISOString()

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

/** What the address asks for, as the API takes it. What is no filter it knows is left out, so that no link is ever refused. */
export function auditQuery(search: URLSearchParams): Query {
  const wanted: Record<string, string> = {}
  for (const name of ['action', 'result', 'actorId', 'objectType', 'objectId', 'cursor'])
    if (search.get(name)) wanted[name] = search.get(name) ?? ''
  const from = search.get('from') ?? ''
  const to = search.get('to') ?? ''
  if (isDay(from)) wanted['from'] = startOfDay(from)
  if (isDay(to)) wanted['to'] = endOfDay(to)
  const known = Object.entries(wanted).filter(
    ([name, value]) => listAuditEvents.query.safeParse({ [name]: value }).success,
  )
  return Object.fromEntries(known)
}
