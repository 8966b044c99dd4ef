import { problemCatalogue } from '@dhow/contracts/problems.ts'
import type { ProblemDocument } from '@dhow/contracts/problems.ts'
import type { NextFunction, Request, Response } from 'express'
import { sqlStateOf } from '../db/database.ts'
import { isTransient } from '../db/transient.ts'
import type { Log } from '../telemetry/log.ts'
import { Problem } from './problem.ts'
import { requestIdOf } from './request.ts'

const NUL_IN_TEXT = '22021'

function bodyParserProblem(error: object): Problem | undefined {
  const type = 'type' in error ? error.type : undefined
  if (type === 'entity.too.large') return new Problem('request/too-large')
  if (type === 'charset.unsupported' || type === 'encoding.unsupported')
    return new Problem('request/unsupported-media-type')
  const status = 'status' in error ? error.status : undefined
  return typeof status === 'number' && status >= 400 && status < 500
    ? new Problem('request/malformed', { cause: error })
    : undefined
}

/** What a caller may know of an error: a Problem as it is, anything else as `service/…` with only the request id. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  // PostgreSQL has no NUL in text: whatever value it came in, the request was not one of ours.
  if (sqlStateOf(error) === NUL_IN_TEXT) return new Problem('request/malformed', { cause: error })
  if (isTransient(error)) return new Problem('service/unavailable', { headers: { 'Retry-After': '2' }, cause: error })
  const parsed = typeof error === 'object' && error !== null ? bodyParserProblem(error) : undefined
  return parsed ?? new Problem('service/failed', { cause: error })
}

/** The one place that turns errors into `application/problem+json`. */
export function renderErrors(log: Log) {
  // oxlint-disable-next-line max-params -- Express recognises an error handler by its four parameters
  return (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const problem = toProblem(error)
    const entry = problemCatalogue[problem.code]
    if (problem.status >= 500)
      log.error(
        { err: problem.cause ?? problem, code: problem.code, requestId: requestIdOf(response) },
        'request failed',
      )
    if (response.headersSent) {
      response.destroy()
      return
    }
    const document: ProblemDocument = {
      type: `urn:dhow:problem:${problem.code}`,
      title: entry.title,
      status: problem.status,
      instance: request.path,
      code: problem.code,
      requestId: requestIdOf(response),
      ...(problem.errors.length > 0 ? { errors: [...problem.errors] } : {}),
      ...problem.extensions,
    }
    response.status(problem.status).set({ ...problem.headers, 'Cache-Control': 'no-store' })
    response.type('application/problem+json').end(JSON.stringify(document))
  }
}
