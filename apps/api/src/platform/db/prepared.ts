import { createHash } from 'node:crypto'
import pg from 'pg'
import { customerOf, queryAsCustomer } from './customer-statement.ts'

/** More different texts than the shop has queries; beyond it, texts are sent as they are. */
const MAX_STATEMENTS = 500
/** A text seen less often is not worth a prepared statement on every connection. */
const SEEN_OFTEN = 3

const known = new Map<string, { count: number; name: string }>()

/**
 * The name a statement is prepared under, or undefined while it is rare. Planning the larger reads costs several times their
 * execution; a name lets PostgreSQL plan once per connection (and keep a generic plan when that is as good).
 */
export function statementName(text: string): string | undefined {
  const statement = known.get(text)
  if (statement) {
    statement.count += 1
    return statement.count > SEEN_OFTEN ? statement.name : undefined
  }
  if (known.size < MAX_STATEMENTS)
    known.set(text, { count: 1, name: createHash('sha1').update(text).digest('base64url') })
  return undefined
}

/** A connection that prepares what it is asked often. Statements without parameters (`begin`, `commit`) stay plain. */
export class PreparingClient extends pg.Client {
  // oxlint-disable-next-line typescript/no-explicit-any -- pg declares `query` as fourteen overloads; only one is touched
  override query(...args: any[]): any {
    const [text, values] = args
    const isParameterised = typeof text === 'string' && Array.isArray(values) && values.length > 0
    const name = isParameterised ? statementName(text) : undefined
    const accountId = customerOf(values)
    if (accountId !== undefined) return queryAsCustomer(this, { name, text, values, accountId })
    const forwarded = name ? [{ name, text, values }, ...args.slice(2)] : args
    return super.query(...(forwarded as [string])) // whichever overload the caller chose
  }
}
