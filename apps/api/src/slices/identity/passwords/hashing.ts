import { hkdfSync } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { Options } from '@node-rs/argon2'
import type { Config } from '../../../config.ts'
import type { AppContext } from '../../../context.ts'
import { Problem } from '../../../platform/http/problem.ts'

type Ctx = Pick<AppContext, 'config'>

/** Places in one process for hashes being made. A limit of its memory and threads, no truth: each process has its own. */
interface Queue {
  running: number
  waiting: (() => void)[]
}

const queues = new WeakMap<Config, Queue>()
const RETRY_AFTER_SECONDS = 2

function queueOf(config: Config): Queue {
  const queue = queues.get(config) ?? { running: 0, waiting: [] }
  queues.set(config, queue)
  return queue
}

/**
 * Runs `work` when a place is free. A hash takes 19 MiB and one of libuv's four threads, which also read files and resolve
 * names: so few at once, and beyond a bounded line the caller is sent away rather than kept waiting past its own patience.
 */
async function inTurn<T>({ config }: Ctx, work: () => Promise<T>): Promise<T> {
  const queue = queueOf(config)
  if (queue.running >= config.ARGON2_CONCURRENCY) {
    if (queue.waiting.length >= config.ARGON2_QUEUE_LIMIT)
      throw new Problem('auth/busy', { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } })
    // Whoever ends hands its place over, so that nobody who comes in between takes it.
    await new Promise<void>((resolve) => queue.waiting.push(resolve))
  } else queue.running += 1
  try {
    return await work()
  } finally {
    const next = queue.waiting.shift()
    if (next) next()
    else queue.running -= 1
  }
}

/** The pepper: kept outside the database, so that a stolen copy of it alone cannot be tried against. */
const pepperOf = ({ config }: Ctx): Buffer =>
  Buffer.from(hkdfSync('sha256', config.TOKEN_KEY, Buffer.alloc(0), 'argon2-pepper', 32))

// Argon2id, version 19 and 32 bytes are the library's defaults; its constants are const enums, which erase to nothing.
const optionsOf = (ctx: Ctx): Options => ({
  memoryCost: ctx.config.ARGON2_MEMORY_KIB,
  timeCost: ctx.config.ARGON2_PASSES,
  parallelism: 1,
  secret: pepperOf(ctx),
})

/**
 * Argon2id as a PHC string with its parameters in it (OWASP: m=19456 KiB, t=2, p=1 at least). Made on libuv's threads, never on
 * the event loop. Throws `auth/busy` when too many are waiting.
 */
export const hashSecret = (ctx: Ctx, secret: string): Promise<string> => inTurn(ctx, () => hash(secret, optionsOf(ctx)))

/** Whether `stored` was made of this secret, whatever its parameters. Throws `auth/busy` when too many are waiting. */
export const verifySecret = (ctx: Ctx, secret: string, stored: string): Promise<boolean> =>
  inTurn(ctx, () => verify(stored, secret, { secret: pepperOf(ctx) }))

const parameters = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/

/** Whether a stored hash is weaker than what is made now, so that it is made anew while the secret is at hand. */
export function isOutdated({ config }: Ctx, stored: string): boolean {
  const [, memory, passes] = parameters.exec(stored) ?? []
  return !(Number(memory) >= config.ARGON2_MEMORY_KIB && Number(passes) >= config.ARGON2_PASSES)
}

const dummies = new WeakMap<Config, Promise<string>>()

/** The hash unknown people's passwords are held against, so that being unknown takes as long as being wrong (AU-9). */
export function dummyHash(ctx: Ctx): Promise<string> {
  const known = dummies.get(ctx.config)
  if (known) return known
  const made = hash('nobody has this password', optionsOf(ctx))
  dummies.set(ctx.config, made)
  return made
}
