export type Instalment = { amount: number; dueMs: number }

const PARTS = 4

/** Four payments a month apart that add up to the total: the first, due today, carries the fils that do not divide. */
export function scheduleOf(total: number, nowMs: number): Instalment[] {
  const each = Math.floor(total / PARTS)
  return Array.from({ length: PARTS }, (_, index) => {
    const due = new Date(nowMs)
    due.setUTCMonth(due.getUTCMonth() + index)
    return { amount: index === 0 ? total - each * (PARTS - 1) : each, dueMs: due.getTime() }
  })
}
