/** A running part of the shop. */
export type Managed = {
  name: string
  pid: number
  /** Settled when it has ended, whoever ended it. */
  exited: Promise<void>
  /** Ends it in good order; resolves when it is gone. */
  stop: () => Promise<void>
  /** Ends it now. */
  kill: () => void
  /** How it ended and the last it said, for a person. */
  lastWords: () => string
}

export type Supervisor = {
  /** Aborted when the shop is to stop; whoever starts something watches it. */
  signal: AbortSignal
  /**
   * Takes charge of something being started; `toPart` says what it is to us, or undefined if there is nothing to stop. Shutting
   * down waits for the start to settle first.
   */
  adopt: <T>(starting: Promise<T>, toPart: (started: T) => Managed | undefined) => Promise<T>
  /** Resolves with the first part that ends although nobody asked it to. */
  died: Promise<Managed>
  /** Stops every part in order and resolves when all are gone. Calling it again waits for the same. */
  shutdown: () => Promise<void>
  /** Kills every part at once. */
  killAll: () => void
}

/** Whoever takes requests goes first, what the others lean on last; anything not named here goes before all. */
const STOP_ORDER = ['admin', 'web', 'api', 'worker', 'sandbox', 'redis', 'postgres']

/** Keeps track of what runs, so that a failure, Ctrl-C or a dead part leaves nothing behind, not even half-way through a start. */
export function createSupervisor(onStart: (part: Managed) => void, onStop: (name: string) => void): Supervisor {
  const abort = new AbortController()
  const parts: Managed[] = []
  const starting = new Set<Promise<unknown>>()
  const death = Promise.withResolvers<Managed>()
  let stopping: Promise<void> | undefined

  function takeCharge(part: Managed): void {
    parts.push(part)
    onStart(part)
    void part.exited.then(() => stopping === undefined && death.resolve(part))
  }

  async function stopInOrder(): Promise<void> {
    abort.abort(new Error('stopping'))
    await Promise.allSettled(starting)
    for (const part of parts.toSorted((a, b) => STOP_ORDER.indexOf(a.name) - STOP_ORDER.indexOf(b.name))) {
      await part.stop()
      onStop(part.name)
    }
  }

  return {
    signal: abort.signal,
    died: death.promise,
    killAll: () => parts.forEach((part) => part.kill()),
    shutdown: () => (stopping ??= stopInOrder()),
    adopt: async (start, toPart) => {
      starting.add(start)
      try {
        const started = await start
        const part = toPart(started)
        if (part) takeCharge(part)
        return started
      } finally {
        starting.delete(start)
      }
    },
  }
}
