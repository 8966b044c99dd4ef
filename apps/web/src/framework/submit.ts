import type { ActionAnswer } from './form.ts'

/** No answer came back, or not one of ours. What the form does may or may not have happened. */
export class SubmitFailed extends Error {
  override name = 'SubmitFailed'
}

/**
 * Posts a form as the browser would, asking for JSON: same address, same fields, same result as without script.
 * Throws SubmitFailed when the network or the server gave no usable answer.
 */
export async function submitForm<Data>(
  form: HTMLFormElement,
  submitter?: HTMLElement | null,
): Promise<ActionAnswer<Data>> {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form, submitter ?? null))
    if (typeof value === 'string') body.append(name, value)
  try {
    // Not `form.action`: a field named `action` would shadow it.
    const response = await fetch(form.getAttribute('action') ?? location.href, {
      method: 'POST',
      body,
      headers: { accept: 'application/json' },
    })
    const answer: ActionAnswer<Data> = await response.json()
    if (!('kind' in answer)) throw new SubmitFailed(`answered ${response.status}`)
    return answer
  } catch (cause) {
    throw new SubmitFailed('no answer', { cause })
  }
}
