import type { CartLine, CartView, DeliveryOption } from '@dhow/contracts/cart.ts'
import { sameMoney } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'

type SeenLine = Pick<CartLine, 'variantId' | 'name' | 'quantity' | 'unitPrice'>

/** What the shopper had on the screen: as much of a cart as a later look is compared with. */
export interface SeenCart {
  lines: readonly SeenLine[]
  delivery: Pick<DeliveryOption, 'price'> | null
  /** What the button said. */
  due: Money
}

/** The cart as it is now, and what it comes to by the way it was to be paid. */
export type CartNow = Pick<CartView, 'lines' | 'delivery'> & { due: Money }

export const toSeenCart = ({ lines, delivery, due }: CartNow): SeenCart => ({
  lines: lines.map(({ variantId, name, quantity, unitPrice }) => ({ variantId, name, quantity, unitPrice })),
  delivery: delivery && { price: delivery.price },
  due,
})

/** One thing that is not as it was, old → new, ready to be put into words. */
export type Change =
  | { kind: 'price'; name: string; was: Money; now: Money }
  | { kind: 'not-enough'; name: string; available: number }
  | { kind: 'out-of-stock'; name: string }
  | { kind: 'not-for-sale'; name: string }
  | { kind: 'quantity'; name: string; was: number; now: number }
  | { kind: 'added'; name: string }
  | { kind: 'removed'; name: string }
  | { kind: 'delivery-price'; was: Money; now: Money }
  | { kind: 'delivery-gone' }
  | { kind: 'total'; was: Money; now: Money }

/** What the server marks on a line by itself; `accept-changes` settles these. */
function noticesOf(line: CartLine): Change[] {
  const { name } = line
  return line.notices.map((notice) => {
    if (notice.code === 'price-changed') return { kind: 'price', name, was: notice.was, now: line.unitPrice }
    if (notice.code === 'not-enough') return { kind: 'not-enough', name, available: notice.available }
    return { kind: notice.code, name }
  })
}

function lineChanges(seen: SeenLine | undefined, line: CartLine): Change[] {
  const noticed = noticesOf(line)
  if (!seen) return [{ kind: 'added', name: line.name }, ...noticed]
  const changes = noticed
  const isPriceNoticed = noticed.some((change) => change.kind === 'price')
  if (!isPriceNoticed && !sameMoney(seen.unitPrice, line.unitPrice))
    changes.push({ kind: 'price', name: line.name, was: seen.unitPrice, now: line.unitPrice })
  if (seen.quantity !== line.quantity)
    changes.push({ kind: 'quantity', name: line.name, was: seen.quantity, now: line.quantity })
  return changes
}

function deliveryChanges(seen: SeenCart, now: CartNow): Change[] {
  if (!seen.delivery) return []
  if (!now.delivery) return [{ kind: 'delivery-gone' }]
  if (sameMoney(seen.delivery.price, now.delivery.price)) return []
  return [{ kind: 'delivery-price', was: seen.delivery.price, now: now.delivery.price }]
}

/** Everything that differs between what the shopper saw and the cart as it is, ending with the total. Empty when nothing does. */
export function changesBetween(seen: SeenCart, now: CartNow): Change[] {
  const seenById = new Map(seen.lines.map((line) => [line.variantId, line]))
  const stillThere = new Set(now.lines.map((line) => line.variantId))
  const gone = seen.lines.filter((line) => !stillThere.has(line.variantId))
  const total: Change[] = sameMoney(seen.due, now.due) ? [] : [{ kind: 'total', was: seen.due, now: now.due }]
  return [
    ...now.lines.flatMap((line) => lineChanges(seenById.get(line.variantId), line)),
    ...gone.map((line): Change => ({ kind: 'removed', name: line.name })),
    ...deliveryChanges(seen, now),
    ...total,
  ]
}

/** What a cart says of itself, without an older look at it. */
export const changesNoticed = (cart: Pick<CartView, 'lines'>): Change[] => cart.lines.flatMap(noticesOf)
