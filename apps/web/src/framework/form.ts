import type { FieldError, ProblemCode } from '@dhow/contracts/problems.ts'

/** What was typed, by field name. A name is the JSON pointer of the contract's field without its first slash. */
export type FormValues = Readonly<Record<string, string>>

/** A form that was refused: shown again by the server without script, handed to the page's component with it. */
export interface FormState {
  intent: string
  values: FormValues
  errors: readonly FieldError[]
  problem: { code: ProblemCode; details: Readonly<Record<string, unknown>> } | null
}

/** What an action answers a script with; without script the same result is a 303 or the page again. */
export type ActionAnswer<Data = unknown> =
  | { kind: 'redirect'; to: string }
  | { kind: 'done'; data: Data }
  | { kind: 'refused'; form: FormState }

/** The code of what is wrong with a field, or undefined. */
export const errorOf = (form: FormState | null | undefined, name: string): string | undefined =>
  form?.errors.find((error) => error.pointer === `/${name}`)?.code
