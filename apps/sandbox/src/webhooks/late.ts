/** Work that waits for the sandbox's clock: for time to pass, or for somebody to advance it. */
export type Late<Item> = {
  add: (item: Item, dueMs: number) => void
  /** Does what is due by now. */
  tick: () => void
  /** Everything that waits, the earliest first; nothing waits after it. */
  drain: () => Item[]
  count: () => number
  clear: () => void
}

/** Longest a timer of Node may wait. */
const LONGEST_MS = 2_147_483_647

export function createLate<Item>(nowMs: () => number, work: (item: Item) => void): Late<Item> {
  let waiting: { item: Item; dueMs: number }[] = []
  let timer: NodeJS.Timeout | undefined

  function arm(): void {
    clearTimeout(timer)
    const [next] = waiting
    if (!next) return
    timer = setTimeout(tick, Math.min(Math.max(next.dueMs - nowMs(), 1), LONGEST_MS))
    timer.unref()
  }

  function tick(): void {
    const now = nowMs()
    const due = waiting.filter(({ dueMs }) => dueMs <= now)
    waiting = waiting.slice(due.length)
    for (const { item } of due) work(item)
    arm()
  }

  return {
    add(item, dueMs) {
      const index = waiting.findIndex((other) => other.dueMs > dueMs)
      waiting.splice(index === -1 ? waiting.length : index, 0, { item, dueMs })
      arm()
    },
    tick,
    drain() {
      const items = waiting.map(({ item }) => item)
      waiting = []
      clearTimeout(timer)
      return items
    },
    count: () => waiting.length,
    clear() {
      waiting = []
      clearTimeout(timer)
    },
  }
}
