import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** False on the server and while waking, true after: for controls that are nothing without script. */
export const useHasScript = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
