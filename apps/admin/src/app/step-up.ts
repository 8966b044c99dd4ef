import { useSyncExternalStore } from 'react'

/** Somebody was asked for their second factor and closed the dialog. Nothing was done, and they know. */
export class StepUpCancelled extends Error {
  override name = 'StepUpCancelled'
}

interface Asking {
  promise: Promise<void>
  done: () => void
  cancel: () => void
}

let asking: Asking | undefined
const listeners = new Set<() => void>()

function setAsking(next: Asking | undefined): void {
  asking = next
  for (const listener of listeners) listener()
}

/** Opens the dialog that asks for the second factor again; several requests at once ask once. Throws StepUpCancelled. */
export function askStepUp(): Promise<void> {
  if (asking) return asking.promise
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  setAsking({
    promise,
    done: () => {
      setAsking(undefined)
      resolve()
    },
    cancel: () => {
      setAsking(undefined)
      reject(new StepUpCancelled('the second factor was not given'))
    },
  })
  return promise
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const useStepUp = (): Asking | undefined => useSyncExternalStore(subscribe, () => asking)
