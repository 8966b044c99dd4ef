const freshMs = 60_000

export interface KeptAnswers<Key, Value> {
  /** The answer; at most a minute old, older when nothing newer can be had. Throws only when there never was one. */
  get(key: Key, ask: () => Promise<Value>): Promise<Value>
  /** The answer that is there, for what a page need not wait for. Without one it is asked for, and there next time. */
  known(key: Key, ask: () => Promise<Value>): Value | undefined
}

/** Keeps what every page asks for: asked once a minute, by one request at a time. */
export function keepAnswers<Key, Value>(nowMs: () => number): KeptAnswers<Key, Value> {
  const kept = new Map<Key, { value: Value; at: number }>()
  const asking = new Map<Key, Promise<Value>>()

  async function renew(key: Key, ask: () => Promise<Value>): Promise<Value> {
    const value = await ask()
    kept.set(key, { value, at: nowMs() })
    return value
  }

  function refresh(key: Key, ask: () => Promise<Value>): Promise<Value> {
    let asked = asking.get(key)
    if (!asked) {
      asked = renew(key, ask).finally(() => asking.delete(key))
      asking.set(key, asked)
    }
    return asked
  }

  /** Stale ones are shown while new ones are fetched; a failure keeps the old. */
  function known(key: Key, ask: () => Promise<Value>): Value | undefined {
    const found = kept.get(key)
    if (!found || nowMs() - found.at > freshMs) void refresh(key, ask).catch(() => undefined)
    return found?.value
  }

  return {
    get: async (key, ask) => known(key, ask) ?? refresh(key, ask),
    known,
  }
}
