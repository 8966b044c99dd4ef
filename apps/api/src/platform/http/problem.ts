import { problemCatalogue } from '@dhow/contracts/problems.ts'
import type { FieldError, ProblemCode } from '@dhow/contracts/problems.ts'

/** An expected failure, thrown from anywhere and rendered by one middleware as `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  override name = 'Problem'
  readonly code: ProblemCode
  readonly status: number
  readonly extensions: Readonly<Record<string, unknown>>
  readonly errors: readonly FieldError[]
  readonly headers: Readonly<Record<string, string>>

  /** @param details extra members of the document; `errors` and `headers` have their own places. */
  constructor(
    code: ProblemCode,
    details: {
      errors?: readonly FieldError[]
      headers?: Record<string, string>
      cause?: unknown
      [extension: string]: unknown
    } = {},
  ) {
    const { errors = [], headers = {}, cause, ...extensions } = details
    super(code, { cause })
    this.code = code
    this.status = problemCatalogue[code].status
    this.extensions = extensions
    this.errors = errors
    this.headers = headers
  }
}
