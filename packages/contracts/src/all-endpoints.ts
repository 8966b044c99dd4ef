import * as cart from './cart.ts'
import * as catalog from './catalog.ts'
import type { Endpoint } from './endpoint.ts'
import * as orders from './orders.ts'

/** Every endpoint of the public API, in the order the documentation shows them. */
export const allEndpoints: readonly Endpoint[] = [
  catalog.listCategories,
  catalog.listProducts,
  catalog.getProduct,
  catalog.searchProducts,
  catalog.suggestProducts,
  catalog.listSitemapEntries,
  cart.getDeliveryPromise,
  cart.createCart,
  cart.getCart,
  cart.addLine,
  cart.changeLine,
  cart.removeLine,
  cart.acceptChanges,
  cart.putContact,
  cart.putAddress,
  cart.listDeliveryOptions,
  cart.putDelivery,
  cart.listPaymentMethods,
  orders.checkOutCart,
  orders.getOrder,
  orders.refreshPayment,
  orders.resumePayment,
  orders.cancelOrder,
  orders.lookUpOrder,
]
