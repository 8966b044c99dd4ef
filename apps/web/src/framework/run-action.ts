import type { ActionAnswer } from './form.ts'
import { SubmitFailed } from './submit.ts'

/**
 * Runs an action of a page without a form of its own: ceremonies and puzzles that only scripts take part in. Throws SubmitFailed
 * when no usable answer came.
 */
export async function runAction<Data>(
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<ActionAnswer<Data>> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { accept: 'application/json' },
    })
    const answer: ActionAnswer<Data> = await response.json()
    if (!('kind' in answer)) throw new SubmitFailed(`answered ${response.status}`)
    return answer
  } catch (cause) {
    throw new SubmitFailed('no answer', { cause })
  }
}
