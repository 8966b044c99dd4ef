import { createApiClient, ApiProblem, ApiUnreachable } from '@dhow/api-client/api-client.ts'
import type { Permission } from '@dhow/contracts/permissions.ts'
import { getStaffSelf, refreshStaffSession } from '@dhow/contracts/staff-auth.ts'
import type { StaffSelf } from '@dhow/contracts/staff-auth.ts'
import { useSyncExternalStore } from 'react'

/** The plain client: same origin, so the browser sends the cookies no script can read. */
export const client = createApiClient({ baseUrl: '' })

/** Nobody is signed in any more, or the session waits for its second factor. */
export class SignedOut extends Error {
  override name = 'SignedOut'
  readonly reason: 'ended' | 'enrol'
  constructor(reason: 'ended' | 'enrol') {
    super(`signed out: ${reason}`)
    this.reason = reason
  }
}

let csrfToken: string | undefined
let self: StaffSelf | undefined
let refreshing: Promise<void> | undefined
let loadingSelf: Promise<StaffSelf> | undefined
const listeners = new Set<() => void>()

const tell = (): void => {
  for (const listener of listeners) listener()
}

/** The token the API gave with the cookies; in memory only, and asked for anew after a reload. */
export const currentCsrfToken = (): string | undefined => csrfToken

export function keepCsrfToken(token: string): void {
  csrfToken = token
}

/** Forgets who was signed in. The cookies are the API's to take away. */
export function forgetSession(): void {
  csrfToken = undefined
  self = undefined
  tell()
}

async function refreshOnce(): Promise<void> {
  // The same id for a repeated try: within ten seconds the API answers a lost answer again instead of calling it theft.
  const headers = { 'x-request-id': crypto.randomUUID() }
  const ask = () => client.call(refreshStaffSession, { headers })
  try {
    const answer = await ask().catch((error: unknown) => {
      if (error instanceof ApiUnreachable) return ask()
      throw error
    })
    csrfToken = answer.csrfToken
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'auth/refresh-invalid') throw new SignedOut('ended')
    throw error
  }
}

/**
 * New cookies and a new CSRF token. One at a time, in this tab and among all tabs: two uses of the same refresh token would look
 * like theft and end the session. Throws SignedOut.
 */
export function refreshSession(): Promise<void> {
  refreshing ??= navigator.locks.request('dhow-refresh', refreshOnce).finally(() => {
    refreshing = undefined
  })
  return refreshing
}

async function fetchSelf(): Promise<StaffSelf> {
  try {
    return await client.call(getStaffSelf, {})
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    if (error.code === 'auth/second-factor-enrolment-required') throw new SignedOut('enrol')
    if (error.code !== 'auth/required') throw error
    await refreshSession()
    return client.call(getStaffSelf, {})
  }
}

/** Asks again who is signed in and what they may do. */
export function reloadSelf(): Promise<StaffSelf> {
  loadingSelf ??= fetchSelf()
    .then((loaded) => {
      self = loaded
      tell()
      return loaded
    })
    .finally(() => {
      loadingSelf = undefined
    })
  return loadingSelf
}

/** Who is signed in; asked once. Throws SignedOut. */
export const ensureSelf = async (): Promise<StaffSelf> => self ?? (await reloadSelf())

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Who is signed in, or nobody while a session ends. */
export const useMaybeSelf = (): StaffSelf | undefined => useSyncExternalStore(subscribe, () => self)

/** Who is signed in. For what is below the frame, which is shown to nobody else. */
export function useSelf(): StaffSelf {
  const known = useMaybeSelf()
  if (!known) throw new SignedOut('ended')
  return known
}

export const mayDo = (who: StaffSelf, permission: Permission | undefined): boolean =>
  permission === undefined || who.permissions.includes(permission)

/** Whether the one who is signed in has a permission: for hiding what they cannot use. The API checks for itself. */
export function useMay(): (permission: Permission) => boolean {
  const known = useSelf()
  return (permission) => mayDo(known, permission)
}
