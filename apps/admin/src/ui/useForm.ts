import { useEffect, useRef, useState } from 'react'
import type { FormEvent, RefObject } from 'react'
import { useRevalidator } from 'react-router'
import type { z } from 'zod'
import { errorsByField, stateOfFailure, untouched } from './form.ts'
import type { FormState } from './form.ts'

/** Said and dealt with elsewhere: a closed step-up dialog, a session that ended. */
const isDealtWith = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'StepUpCancelled' || error.name === 'SignedOut')

interface FormOptions<Body, Answer> {
  /** The endpoint's body schema: what it refuses is said before anything is sent. */
  schema?: z.ZodType
  read: (fields: FormData) => Body
  /** Faults no schema of the body knows, by field: two passwords that differ. */
  check?: (fields: FormData) => Readonly<Record<string, string | undefined>>
  send: (body: Body) => Promise<Answer>
  onDone?: (answer: Answer) => void
  /** False where nothing that is shown changes by it: signing in. */
  changesData?: boolean
}

export interface UsedForm {
  ref: RefObject<HTMLFormElement>
  state: FormState
  onSubmit: (event: FormEvent<HTMLFormElement>) => void
}

const namesIn = (form: HTMLFormElement): Set<string> =>
  new Set([...form.elements].map((element) => element.getAttribute('name') ?? ''))

/** What the schema and the form itself find wrong with the body. */
function faultsOf<Body>(
  options: Pick<FormOptions<Body, never>, 'schema' | 'check'>,
  fields: FormData,
  names: Set<string>,
  body: Body,
) {
  const own = options.check?.(fields) ?? {}
  const parsed = options.schema?.safeParse(body)
  const issues = parsed?.success === false ? parsed.error.issues : []
  const found = issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, code: message }))
  const faults = { ...errorsByField(found, names), ...own }
  return Object.fromEntries(Object.entries(faults).flatMap(([name, code]) => (code ? [[name, code]] : [])))
}

/**
 * The one way forms work here: read the fields, hold them against the contract, send, show the faults under their fields and go to
 * the first. What is on the page is fetched again afterwards.
 */
export function useForm<Body, Answer>(options: FormOptions<Body, Answer>): UsedForm {
  const ref = useRef<HTMLFormElement>(null)
  const [state, setState] = useState<FormState>(untouched)
  const { revalidate } = useRevalidator()

  // The faults are on the page by now, and the first can be gone to.
  useEffect(() => {
    if (Object.keys(state.errors).length > 0)
      ref.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid="true"] input')?.focus()
  }, [state.errors])

  async function submit(form: HTMLFormElement): Promise<void> {
    const fields = new FormData(form)
    const names = namesIn(form)
    const body = options.read(fields)
    const errors = faultsOf(options, fields, names, body)
    if (Object.keys(errors).length > 0) return setState({ ...untouched, errors })
    setState({ ...untouched, isBusy: true })
    try {
      const answer = await options.send(body)
      // Before the dialog closes: a change of the address would take the place of fetching again.
      if (options.changesData !== false) await revalidate()
      setState(untouched)
      options.onDone?.(answer)
    } catch (error) {
      setState(isDealtWith(error) ? untouched : stateOfFailure(error, names))
    }
  }

  return {
    ref,
    state,
    onSubmit: (event) => {
      event.preventDefault()
      if (!state.isBusy) void submit(event.currentTarget)
    },
  }
}

/** A field's text; empty when there is none. */
export const textOf = (fields: FormData, name: string): string => {
  const value = fields.get(name)
  return typeof value === 'string' ? value : ''
}

/** The values of all ticked boxes of a name. */
export const textsOf = (fields: FormData, name: string): string[] =>
  fields.getAll(name).filter((value) => typeof value === 'string')
