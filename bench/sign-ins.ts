import { send } from './http.ts'

export interface SignInFigures {
  /** Of the event loop of the API meanwhile, milliseconds; Node's own measure, which is 10 when nothing is late. */
  loopP99Ms: number
  loopLongestMs: number
  answered: number
  /** Told to come back (503), because the line of hashes was full. */
  sentAway: number
  ms: number
}

const SIGN_INS = 50

/** Reading starts the measure anew, so that what is read next is of the time between. */
async function readLag(apiUrl: string): Promise<{ p99: number; max: number }> {
  const text = await (await fetch(`${apiUrl}/metrics`)).text()
  const of = (name: string): number =>
    Math.round(
      Number(new RegExp(`^nodejs_eventloop_lag_${name}_seconds(?:\\{.*\\})? (\\S+)`, 'm').exec(text)?.[1]) * 1000,
    )
  return { p99: of('p99'), max: of('max') }
}

/** Fifty sign-ins at once, each from a network of its own: every one is a hash of 19 MiB, and none may hold the loop up. */
export async function measureSignIns(apiUrl: string): Promise<SignInFigures> {
  await readLag(apiUrl)
  const startedAt = performance.now()
  const answers = await Promise.all(
    Array.from({ length: SIGN_INS }, (_, index) =>
      send({
        method: 'POST',
        url: `${apiUrl}/api/v1/auth/login`,
        headers: { 'x-forwarded-for': `100.64.${index}.1` },
        json: { email: `nobody${index}@example.com`, password: 'a lantern on the creek' },
      }),
    ),
  )
  const ms = Math.round(performance.now() - startedAt)
  const lag = await readLag(apiUrl)
  const countOf = (status: number): number => answers.filter((answer) => answer.status === status).length
  return { loopP99Ms: lag.p99, loopLongestMs: lag.max, answered: countOf(401), sentAway: countOf(503), ms }
}
