import type { Locator, Page } from 'playwright-core'
import type { Visitor } from './browser.ts'

/** What the browser grumbles about where a request is meant to be refused: nobody signed in yet, a proof asked for. */
export const refusals = ['status of 401', 'status of 403']

export const heading = ({ page }: Visitor, name: string): Locator => page.getByRole('heading', { level: 1, name })

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })

export const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true })
