import { useSyncExternalStore } from 'react'
import { readCookie } from './readable-cookie.ts'

/** A page may come back as it was, from before somebody signed in or out. */
function subscribe(onChange: () => void): () => void {
  window.addEventListener('pageshow', onChange)
  return () => window.removeEventListener('pageshow', onChange)
}

/** A cookie scripts may read; undefined on the server and while waking, whose markup is the same for everybody. */
export const useReadableCookie = (name: string): string | undefined =>
  useSyncExternalStore(
    subscribe,
    () => readCookie(name),
    () => undefined,
  )
