import type { CallInput } from '@dhow/api-client/api-client.ts'
import type { Tokens } from '@dhow/contracts/auth.ts'
import type { Endpoint, ResponseOf } from '@dhow/contracts/endpoint.ts'

/** Thrown where a page is for customers and nobody is signed in: the shopper is sent to sign in, and back. */
export class SignInNeeded extends Error {
  override name = 'SignInNeeded'
}

/** Who is signed in in this browser. Tokens are in HttpOnly cookies and in no page. */
export interface CustomerSession {
  /** The browser holds something to be signed in with. Costs nothing, and may turn out to be worth nothing. */
  readonly isPresent: boolean
  /** Calls as the customer, with tokens renewed when they are due. Undefined when nobody is signed in (any more). */
  ask<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E> | undefined>
  /** Calls as the customer. Throws SignInNeeded when nobody is signed in. */
  call<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>>
  /** Whether the customer proved lately who they are: a hint to ask before a form is filled in; the API decides. */
  isFresh(): Promise<boolean>
  begin(tokens: Tokens): void
  /** Ends the session at the API and in this browser. */
  end(): Promise<void>
}
