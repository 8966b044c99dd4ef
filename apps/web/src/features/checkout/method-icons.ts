import type { PaidMethod } from '@dhow/contracts/cart.ts'
import type { IconName } from '../../ui/Icon.tsx'

/** Signs of our own: the providers' marks are theirs to hand out. */
export const methodIcons: Readonly<Record<PaidMethod, IconName>> = {
  card: 'card',
  tabby: 'parts',
  tamara: 'parts',
  cod: 'cash',
  'store-credit': 'wallet',
}
