import type { Money } from '@dhow/money/money.ts'
import type { DeliveryMethod } from '@dhow/contracts/cart.ts'

/** One way of delivery to one emirate; days and times are words already, made where the clock is. */
export interface DeliveryLine {
  method: DeliveryMethod
  /** Null when it is free. */
  price: Money | null
  when: string
  before: string
}

export interface DeliveryPromise {
  freeOver: Money | null
  emirates: readonly { emirate: string; lines: readonly DeliveryLine[] }[]
}
