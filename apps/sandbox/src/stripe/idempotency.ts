import type { StripeContext } from './context.ts'
import { StripeError, invalidRequest } from './errors.ts'

export type KeyedRequest = { key: string; account: string; fingerprint: string }
export type KeyedAnswer = { status: number; body: string }
export type Keyed = { replay: KeyedAnswer | undefined; finish: (answer: KeyedAnswer) => void }

const MAX_KEY_LENGTH = 255

/**
 * Stripe's idempotency: the first request under a key runs and its answer is kept, whatever its status; the same
 * request again gets that answer. Throws 400 for other parameters and 409 while the first is still running.
 */
export function beginKeyed(ctx: StripeContext, { key, account, fingerprint }: KeyedRequest): Keyed {
  if (key.length > MAX_KEY_LENGTH) throw invalidRequest('Idempotency keys may have at most 255 characters.')
  const answers = ctx.state.answersByIdempotencyKey
  const name = `${account} ${key}`
  const known = answers.get(name)
  if (!known) {
    const stored = { fingerprint, answer: undefined as KeyedAnswer | undefined }
    answers.set(name, stored)
    return {
      replay: undefined,
      finish(answer) {
        stored.answer = answer
      },
    }
  }
  if (known.fingerprint !== fingerprint)
    throw new StripeError(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    })
  if (!known.answer)
    throw new StripeError(409, {
      type: 'idempotency_error',
      code: 'idempotency_key_in_use',
      message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}.`,
    })
  return { replay: known.answer, finish: () => undefined }
}
