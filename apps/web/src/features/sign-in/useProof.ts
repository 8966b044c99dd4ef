import { useEffect, useState } from 'react'
import { runAction } from '../../framework/run-action.ts'
import { useShop } from '../../framework/shop.tsx'
import type { FormControl } from '../../framework/useForm.ts'

/** The hidden field a solved puzzle is sent in. */
export const proofField = 'proofOfWork'

/**
 * Solves the puzzle a form was refused for and sends it again, once: the shopper sees a busy button and no more. The solver is
 * fetched only then. True while it works.
 */
export function useProof({ ref, state }: FormControl): boolean {
  const path = useShop().paths.signIn()
  const [isSolving, setSolving] = useState(false)

  useEffect(() => {
    const form = ref.current
    const field = form?.elements.namedItem(proofField)
    if (state?.problem?.code !== 'auth/proof-required' || !(field instanceof HTMLInputElement) || field.value) return
    async function solve(input: HTMLInputElement): Promise<void> {
      setSolving(true)
      try {
        const [answer, { solveProof }] = await Promise.all([
          runAction(path, { intent: 'puzzle' }),
          import('./proof.ts'),
        ])
        if (answer.kind !== 'done') return
        input.value = await solveProof(answer.data)
        form?.requestSubmit()
      } finally {
        setSolving(false)
      }
    }
    // When it fails, what the form was refused for stands there, with what else can be done.
    solve(field).catch(() => undefined)
  }, [ref, state, path])

  return isSolving
}
