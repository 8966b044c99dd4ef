import { ApiProblem } from '@dhow/api-client/api-client.ts'
import type { CallInput } from '@dhow/api-client/api-client.ts'
import type { Endpoint, ResponseOf } from '@dhow/contracts/endpoint.ts'
import { client, currentCsrfToken, refreshSession, reloadSelf, SignedOut } from './session.ts'
import { askStepUp } from './step-up.ts'

type OnSignedOut = (reason: SignedOut['reason']) => void

let onSignedOut: OnSignedOut = () => {}

/** Says what happens when a session ends in the middle of work: the sign-in page, and back afterwards. */
export function whenSignedOut(handler: OnSignedOut): void {
  onSignedOut = handler
}

const needsCsrfToken = (endpoint: Endpoint): boolean => endpoint.method !== 'GET' && endpoint.auth !== 'public'

function send<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>> {
  const token = currentCsrfToken()
  const headers = { ...input.headers, ...(needsCsrfToken(endpoint) && token ? { 'x-csrf-token': token } : {}) }
  return client.call(endpoint, Object.assign({}, input, { headers }))
}

/** What can be put right before a second try; `undefined` when nothing can. */
function remedyFor(endpoint: Endpoint, error: unknown): (() => Promise<unknown>) | undefined {
  if (!(error instanceof ApiProblem)) return undefined
  switch (error.code) {
    case 'auth/required':
      return refreshSession
    case 'auth/cross-site':
      // Another tab has stepped up: the session is a new one, and so is its token.
      return needsCsrfToken(endpoint) ? refreshSession : undefined
    case 'auth/step-up-required':
      return askStepUp
    default:
      return undefined
  }
}

async function attempt<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>> {
  if (needsCsrfToken(endpoint) && !currentCsrfToken()) await refreshSession()
  const tried = new Set<unknown>()
  for (;;) {
    try {
      return await send(endpoint, input)
    } catch (error) {
      const remedy = remedyFor(endpoint, error)
      if (!remedy || tried.has(remedy)) throw error
      tried.add(remedy)
      await remedy()
    }
  }
}

/**
 * Calls the API as who is signed in: renews the session when it must, asks for the second factor when the endpoint does, and
 * repeats. Throws ApiProblem, ApiUnreachable, StepUpCancelled, or SignedOut (after the sign-in page was opened).
 */
export async function call<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>> {
  try {
    return await attempt(endpoint, input)
  } catch (error) {
    if (error instanceof SignedOut) onSignedOut(error.reason)
    // What they may do was changed while they were here: the navigation should say so too.
    if (error instanceof ApiProblem && error.code === 'auth/forbidden') void reloadSelf().catch(() => {})
    throw error
  }
}

/** For loaders: the request begins at once and its failure is shown where the data would be. */
export function load<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>> {
  const loading = call(endpoint, input)
  loading.catch(() => {}) // shown by <Loaded>, which may come later than the failure
  return loading
}

/** Several of those, for a page that shows them together. */
export function loadAll<const Loading extends readonly Promise<unknown>[]>(
  ...loading: Loading
): Promise<{ -readonly [Index in keyof Loading]: Awaited<Loading[Index]> }> {
  const all = Promise.all(loading)
  all.catch(() => {})
  return all
}
