import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { SignInNeeded } from '../framework/session.ts'
import type { Paths } from '../paths.ts'

/** Where somebody is sent who must sign in, or show again that it is them, before they go on at `address`; undefined for other errors. */
export function detourFor(error: unknown, paths: Paths, address: string): string | undefined {
  if (error instanceof SignInNeeded) return paths.signIn(address)
  if (error instanceof ApiProblem && error.code === 'auth/confirmation-required') return paths.accountConfirm(address)
  return undefined
}
