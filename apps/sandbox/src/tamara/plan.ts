import { INSTALMENTS } from './people.ts'

export type Instalment = { amount: number; dueMs: number }

/** Equal parts, one a month, the first of them today; it also takes the fils that cannot be split. */
export function planOf(total: number, nowMs: number, count = INSTALMENTS): Instalment[] {
  const part = Math.floor(total / count)
  return Array.from({ length: count }, (_, index) => {
    const due = new Date(nowMs)
    due.setUTCMonth(due.getUTCMonth() + index)
    return { amount: index === 0 ? total - part * (count - 1) : part, dueMs: due.getTime() }
  })
}
