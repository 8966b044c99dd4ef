import type { Picture } from '@dhow/contracts/primitives.ts'
import type { Money } from '@dhow/money/money.ts'

export interface Suggestions {
  products: readonly { path: string; name: string; subtitle: string; picture: Picture | null; price: Money }[]
  categories: readonly { path: string; name: string }[]
}
