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
import { checkoutCodePage } from './pages/checkout-code.server.ts'
import { orderPage } from './pages/order.server.ts'
import { orderThanksPage } from './pages/order-thanks.server.ts'
import { orderLookupPage } from './pages/order-lookup.server.ts'
import { signInPage } from './pages/sign-in.server.ts'
import { signInCodePage } from './pages/sign-in-code.server.ts'
import { signInForgotPage } from './pages/sign-in-forgot.server.ts'
import { signInMailSentPage } from './pages/sign-in-mail-sent.server.ts'
import { signInPasswordPage } from './pages/sign-in-password.server.ts'
import { signInSecondPage } from './pages/sign-in-second-step.server.ts'
import { signUpPage } from './pages/sign-up.server.ts'
import { accountPage } from './pages/account.server.ts'
import { accountAddressPage } from './pages/account-address.server.ts'
import { accountAddressesPage } from './pages/account-addresses.server.ts'
import { accountAppPage } from './pages/account-app.server.ts'
import { accountCardsPage } from './pages/account-cards.server.ts'
import { accountNewCardPage } from './pages/account-new-card.server.ts'
import { accountCodesPage } from './pages/account-codes.server.ts'
import { accountConfirmPage } from './pages/account-confirm.server.ts'
import { accountConsentsPage } from './pages/account-consents.server.ts'
import { accountCreditPage } from './pages/account-credit.server.ts'
import { accountLinkPages } from './pages/account-link.server.ts'
import { accountMailPage } from './pages/account-mail.server.ts'
import { accountOrdersPage } from './pages/account-orders.server.ts'
import { accountPasskeyPage } from './pages/account-passkey.server.ts'
import { accountPasswordPage } from './pages/account-password.server.ts'
import { accountPhonePage } from './pages/account-phone.server.ts'
import { accountProfilePage } from './pages/account-profile.server.ts'
import { accountSecurityPage } from './pages/account-security.server.ts'

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
  checkoutCodePage,
  orderPage,
  orderThanksPage,
  orderLookupPage,
  signInPage,
  signInCodePage,
  signInPasswordPage,
  signInSecondPage,
  signInForgotPage,
  signInMailSentPage,
  signUpPage,
  accountPage,
  accountOrdersPage,
  accountAddressesPage,
  accountAddressPage,
  accountCardsPage,
  accountNewCardPage,
  accountCreditPage,
  accountProfilePage,
  accountPhonePage,
  accountMailPage,
  accountSecurityPage,
  accountPasswordPage,
  accountPasskeyPage,
  accountAppPage,
  accountCodesPage,
  accountConsentsPage,
  accountConfirmPage,
  ...accountLinkPages,
  ...contentPagesOfShop,
]

export { failurePage, notFoundPage }
