import type { FormEvent } from 'react'
import { announceCart } from './cart-events.ts'
import type { AddedToCart } from './cart-events.ts'
import { submitForm } from './submit.ts'

async function add(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  button?.setAttribute('aria-busy', 'true')
  try {
    const answer = await submitForm<AddedToCart>(form, button)
    if (answer.kind === 'redirect') location.assign(answer.to)
    else if (answer.kind === 'done') announceCart({ kind: 'added', added: answer.data })
    else {
      const available = answer.form.problem?.details['available']
      const code = answer.form.problem?.code ?? 'request/invalid'
      announceCart({ kind: 'refused', code, ...(typeof available === 'number' ? { available } : {}) })
    }
  } catch {
    announceCart({ kind: 'refused', code: 'service/unavailable' })
  } finally {
    button?.removeAttribute('aria-busy')
  }
}

/** One listener for every add-to-cart form of a page (`data-add-to-cart`), so that cards carry no handlers of their own. */
export function onAddToCart(event: FormEvent<HTMLElement>): void {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.dataset['addToCart'] === undefined) return
  event.preventDefault()
  const { submitter } = event.nativeEvent as SubmitEvent
  if (submitter?.getAttribute('aria-busy') !== 'true') void add(form, submitter)
}
