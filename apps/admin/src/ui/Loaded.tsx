import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { Await, useAsyncError, useRevalidator } from 'react-router'
import { ErrorState } from './ErrorState.tsx'
import { Waiting } from './Skeleton.tsx'

function LoadError() {
  const error = useAsyncError()
  const { revalidate } = useRevalidator()
  return <ErrorState error={error} onRetry={() => void revalidate()} />
}

interface LoadedProps<T> {
  /** What the page's loader began to fetch. */
  of: Promise<T>
  /** The shape of what comes. */
  skeleton: ReactNode
  children: (value: Awaited<T>) => ReactNode
}

/** Shows data when it is there: its skeleton before, what went wrong with a way to try again otherwise. */
export const Loaded = <T,>({ of, skeleton, children }: LoadedProps<T>) => (
  <Suspense fallback={<Waiting>{skeleton}</Waiting>}>
    <Await<Promise<T>> resolve={of} errorElement={<LoadError />}>
      {(value) => children(value)}
    </Await>
  </Suspense>
)
