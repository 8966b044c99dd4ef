/** What other slices may use of carts. */
export { openCartDetails, priceCart } from './cart-view.ts'
export { deleteAbandonedCarts, findCart, lockCart, markCheckedOut, reopenCart } from './cart.sql.ts'
export type { CartLineRecord, CartRecord } from './cart.sql.ts'
