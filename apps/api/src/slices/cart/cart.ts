/** What other slices may use of carts. */
export { openCartDetails, priceCart } from './cart-view.ts'
export { deleteAbandonedCarts, findCart, lockCart, markCheckedOut } from './cart.sql.ts'
export type { CartLineRecord, CartRecord } from './cart.sql.ts'
export { reopenCart } from './reopen-cart.ts'
export { takeCart } from './take-cart.ts'
