import type { FieldError } from '@dhow/contracts/problems.ts'
import type { z } from 'zod'
import { Problem } from './problem.ts'

const codeLike = /^[a-z][a-z0-9-]*$/

type Issue = z.core.$ZodIssue

function codeOf(issue: Issue): string {
  if (codeLike.test(issue.message)) return issue.message
  if (issue.code === 'invalid_type') return issue.input === undefined ? 'required' : 'wrong-type'
  if (issue.code === 'too_small') return 'too-small'
  if (issue.code === 'too_big') return 'too-big'
  if (issue.code === 'invalid_value') return 'not-one-of'
  return 'invalid'
}

const escaped = (part: PropertyKey): string => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`

/** Empty points at the whole body (RFC 6901 §5). */
const pointerOf = (prefix: '' | '?', path: readonly PropertyKey[]): string =>
  prefix === '?' ? `?${path.map(String).join('.')}` : path.map(escaped).join('')

/** The issues of a parse that reported its input, as pointers with stable codes; one for each unknown field too. */
export function fieldErrorsFrom(error: z.ZodError, prefix: '' | '?' = ''): FieldError[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: pointerOf(prefix, [...issue.path, key]), code: 'unknown-field' }))
      : [{ pointer: pointerOf(prefix, issue.path), code: codeOf(issue) }],
  )
}

/** Parses a part of a request or throws `request/invalid` with a pointer for every fault. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, prefix: '' | '?' = ''): z.output<S> {
  const parsed = schema.safeParse(input, { reportInput: true })
  if (parsed.success) return parsed.data
  throw new Problem('request/invalid', { errors: fieldErrorsFrom(parsed.error, prefix) })
}

/** The query as an object of strings. A name given twice is refused: parsers disagree about which one counts. */
export function readQuery(url: string): Record<string, string> {
  const start = url.indexOf('?')
  const query: Record<string, string> = Object.create(null) // so that no name is "there" already
  if (start < 0) return query
  for (const [name, value] of new URLSearchParams(url.slice(start + 1))) {
    if (name in query) throw new Problem('request/malformed', { detail: `the query has ${JSON.stringify(name)} twice` })
    query[name] = value
  }
  return query
}
