import type { WebPage } from './framework/page.ts'
import { cartAddPage } from './pages/cart-add.server.ts'
import { categoryPage, shopPage } from './pages/category.server.ts'
import { searchPage } from './pages/search.server.ts'
import { productPage } from './pages/product.server.ts'
import { contentPagesOfShop } from './pages/content.server.ts'
import { failurePage } from './pages/failure.server.ts'
import { homePage } from './pages/home.server.ts'
import { notFoundPage } from './pages/not-found.server.ts'
import { cartPage } from './pages/cart.server.ts'
import { checkoutContactPage } from './pages/checkout-contact.server.ts'
import { checkoutAddressPage } from './pages/checkout-address.server.ts'
import { checkoutDeliveryPage } from './pages/checkout-delivery.server.ts'
import { checkoutPaymentPage } from './pages/checkout-payment.server.ts'
import { checkoutReviewPage } from './pages/checkout-review.server.ts'
import { checkoutReturnPage } from './pages/checkout-return.server.ts'
import { orderPage } from './pages/order.server.ts'
import { orderThanksPage } from './pages/order-thanks.server.ts'
import { orderLookupPage } from './pages/order-lookup.server.ts'

/** Every page with an address. No two of them match the same path, so their order says nothing. */
export const pages: readonly WebPage[] = [
  homePage,
  cartAddPage,
  categoryPage,
  shopPage,
  searchPage,
  productPage,
  cartPage,
  checkoutContactPage,
  checkoutAddressPage,
  checkoutDeliveryPage,
  checkoutPaymentPage,
  checkoutReviewPage,
  checkoutReturnPage,
  orderPage,
  orderThanksPage,
  orderLookupPage,
  ...contentPagesOfShop,
]

export { failurePage, notFoundPage }
