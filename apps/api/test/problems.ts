import { ApiProblem } from '@dhow/api-client/api-client.ts'
import type { ProblemCode } from '@dhow/contracts/problems.ts'

/** The problem a call is refused with. Rejects when it is not refused, or fails otherwise. */
export async function problemOf(call: Promise<unknown>): Promise<ApiProblem> {
  try {
    await call
  } catch (error) {
    if (error instanceof ApiProblem) return error
    throw error
  }
  throw new Error('the call was not refused')
}

/** The code of the problem a call is refused with, or `none`. */
export async function codeOf(call: Promise<unknown>): Promise<ProblemCode | 'none'> {
  try {
    await call
    return 'none'
  } catch (error) {
    if (error instanceof ApiProblem) return error.code
    throw error
  }
}
