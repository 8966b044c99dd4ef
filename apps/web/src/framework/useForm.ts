import { useEffect, useRef, useState } from 'react'
import type { FormEvent, RefObject } from 'react'
import type { FormState } from './form.ts'
import { submitForm } from './submit.ts'

export interface FormControl {
  ref: RefObject<HTMLFormElement>
  onSubmit: (event: FormEvent<HTMLFormElement>) => void
  isBusy: boolean
  /** The last refusal, the server's or the script's. */
  state: FormState | null
  /** No answer came: the shopper may try again. */
  hasFailed: boolean
}

interface FormOptions<Data> {
  /** The page's `form` prop: set when the server shows the form again. */
  initial: FormState | null
  intent: string
  onDone?: (data: Data) => void
  /** True when the page says by itself what is wrong: the form then keeps quiet. */
  onRefused?: (refused: FormState) => boolean
}

/** Submits a form by script where there is script: busy state, errors in place, focus on the first of them. */
export function useForm<Data = unknown>({ initial, intent, onDone, onRefused }: FormOptions<Data>): FormControl {
  const ref = useRef<HTMLFormElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const [state, setState] = useState(initial?.intent === intent ? initial : null)

  useEffect(() => {
    if (!state) return
    const target = ref.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-problem]')
    target?.focus()
  }, [state])

  async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
    setBusy(true)
    setFailed(false)
    try {
      const answer = await submitForm<Data>(form, submitter)
      if (answer.kind === 'redirect') return location.assign(answer.to)
      if (answer.kind === 'refused') {
        if (!onRefused?.(answer.form)) setState(answer.form)
      } else {
        setState(null)
        onDone?.(answer.data)
      }
      setBusy(false)
    } catch {
      setFailed(true)
      setBusy(false)
    }
  }

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    if (isBusy) return
    const { submitter } = event.nativeEvent as SubmitEvent
    void send(event.currentTarget, submitter)
  }

  return { ref, onSubmit, isBusy, state, hasFailed }
}
