import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { useWords } from '../app/words.tsx'
import { problemWords } from './problem-words.ts'
import { toast } from './toasts.ts'

/** One press that changes something, without a form: busy while it runs, its failure said in the corner, data fetched again. */
export function useAction<Arguments extends unknown[]>(work: (...args: Arguments) => Promise<unknown>) {
  const { t } = useWords()
  const { revalidate } = useRevalidator()
  const [isBusy, setBusy] = useState(false)
  async function run(...args: Arguments): Promise<void> {
    setBusy(true)
    try {
      await work(...args)
    } catch (error) {
      const isSaidElsewhere = error instanceof Error && /^(StepUpCancelled|SignedOut)$/.test(error.name)
      if (!isSaidElsewhere) toast(problemWords(t, error), 'bad')
    } finally {
      setBusy(false)
      void revalidate()
    }
  }
  return { isBusy, run: (...args: Arguments) => void run(...args) }
}
