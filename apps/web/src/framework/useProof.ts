import { useEffect, useState } from 'react'
import { runAction } from './run-action.ts'
import { useShop } from './shop.tsx'
import type { FormControl } from './useForm.ts'

/** The hidden field a solved puzzle is sent in. */
export const proofField = 'proofOfWork'

async function solveInto(field: HTMLInputElement, path: string): Promise<void> {
  const [answer, { solveProof }] = await Promise.all([runAction(path, { intent: 'puzzle' }), import('./proof.ts')])
  if (answer.kind !== 'done') return
  field.value = await solveProof(answer.data)
  field.form?.requestSubmit()
}

/**
 * Solves the puzzle a form was refused for and sends it again, once: the shopper sees a busy button and no more. The solver is
 * fetched only then. True while it works.
 */
export function useProof({ ref, state }: FormControl): boolean {
  const path = useShop().paths.signIn()
  const [isSolving, setSolving] = useState(false)

  useEffect(() => {
    const field = ref.current?.elements.namedItem(proofField)
    if (state?.problem?.code !== 'auth/proof-required' || !(field instanceof HTMLInputElement) || field.value) return
    setSolving(true)
    // When it fails, what the form was refused for stands there, with what else can be done.
    solveInto(field, path)
      .catch(() => undefined)
      .finally(() => setSolving(false))
  }, [ref, state, path])

  return isSolving
}
