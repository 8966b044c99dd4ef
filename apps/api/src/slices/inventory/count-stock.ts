import type { Tx } from '../../platform/db/database.ts'
import { listDifferingCounts, lockLevels, setOnHand } from './levels.sql.ts'
import type { StockCount, StockLevel } from './levels.sql.ts'

/** Fewer were counted than orders have reserved: somebody must look before those orders can be kept. */
export class StockBelowReserved extends Error {
  override name = 'StockBelowReserved'
  readonly level: StockLevel
  constructor(level: StockLevel, counted: number) {
    super(`counted ${counted} of variant ${level.variantId}, but ${level.reserved} are reserved by orders`)
    this.level = level
  }
}

export interface CountResult {
  /** Variants whose level moved. */
  changed: string[]
  /** Levels left as they are, because more is reserved than was counted. */
  belowReserved: StockLevel[]
}

/** Sets several levels to what was counted, as one count. What agrees already is neither locked nor written. */
export async function countStocks(
  tx: Tx,
  counts: readonly StockCount[],
  change: { reason: string; now: Date },
): Promise<CountResult> {
  const differing = await listDifferingCounts(tx, counts)
  if (differing.length === 0) return { changed: [], belowReserved: [] }
  const levels = await lockLevels(
    tx,
    differing.map((count) => count.variantId),
  )
  const counted = new Map(differing.map((count) => [count.variantId, count.onHand]))
  const countOf = (level: StockLevel): number => counted.get(level.variantId) ?? level.onHand
  const belowReserved = levels.filter((level) => countOf(level) < level.reserved)
  const moving = levels.filter((level) => countOf(level) >= level.reserved && countOf(level) !== level.onHand)
  await setOnHand(
    tx,
    moving.map((level) => ({ variantId: level.variantId, onHand: countOf(level) })),
    change,
  )
  return { changed: moving.map((level) => level.variantId), belowReserved }
}

/** Sets what is on hand of one variant to what was counted, with its ledger row. Throws StockBelowReserved. */
export async function countStock(tx: Tx, count: StockCount & { reason: string; now: Date }): Promise<void> {
  const { belowReserved } = await countStocks(tx, [count], count)
  const [level] = belowReserved
  if (level) throw new StockBelowReserved(level, count.onHand)
}
