import { maxCartLines, maxLineQuantity } from '@dhow/contracts/primitives.ts'

export interface LineToMerge {
  id: string
  variantId: string
  quantity: number
  /** What may be bought of it now; `Infinity` to let the notices of the cart speak of stock. */
  available: number
}

export interface MergedLines {
  /** Lines of the kept cart with more in them. */
  raised: { id: string; quantity: number }[]
  /** Lines of the poured cart that go over as they are. */
  movedIds: string[]
}

/**
 * Pours one cart's lines into another. Quantities of a variant add up as far as the limit of a line and stock let them, but never
 * to less than either cart had: what was put in is not taken out behind somebody's back. Variants only the poured cart has go
 * over, oldest first, while there is room.
 */
export function mergeLines(kept: readonly LineToMerge[], poured: readonly LineToMerge[]): MergedLines {
  const keptByVariantId = new Map(kept.map((line) => [line.variantId, line]))
  const merged: MergedLines = { raised: [], movedIds: [] }
  for (const line of poured) {
    const own = keptByVariantId.get(line.variantId)
    if (own) {
      const possible = Math.min(own.quantity + line.quantity, maxLineQuantity, line.available)
      const quantity = Math.max(own.quantity, line.quantity, possible)
      if (quantity > own.quantity) merged.raised.push({ id: own.id, quantity })
    } else if (kept.length + merged.movedIds.length < maxCartLines) merged.movedIds.push(line.id)
  }
  return merged
}
