import type { WebPage } from './framework/page.ts'
import { cartAddPage } from './pages/cart-add.server.ts'
import { failurePage } from './pages/failure.server.ts'
import { homePage } from './pages/home.server.ts'
import { notFoundPage } from './pages/not-found.server.ts'

/** Every page with an address. No two of them match the same path, so their order says nothing. */
export const pages: readonly WebPage[] = [homePage, cartAddPage]

export { failurePage, notFoundPage }
