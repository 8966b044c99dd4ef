import { AxeBuilder } from '@axe-core/playwright'
import type { Locale } from '@dhow/i18n/locales.ts'
import type { Page } from 'playwright-core'
import type { Visitor } from './browser.ts'

const phone = { width: 390, height: 844 }
const narrowest = { width: 320, height: 700 }

async function axeFaults(page: Page, where: string): Promise<string[]> {
  // Legacy mode: one run in the page and its frames instead of a second browser page for putting results together.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${where}: ${id} ${target.join(' ')} ${failureSummary}`),
  )
}

/** What sticks out of the page's width, if anything: nobody should have to scroll sideways. */
async function sidewaysScroll(page: Page, where: string): Promise<string[]> {
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  return tooWide > 0 ? [`${where}: ${tooWide}px wider than the window`] : []
}

type Look = { size: { width: number; height: number } | null; scheme: 'light' | 'dark' }

// Each language is seen on both windows and in both schemes, and so is each pair of the other two: half the time of all eight.
const looks: Record<Locale, readonly [Look, Look]> = {
  en: [
    { size: null, scheme: 'light' },
    { size: phone, scheme: 'dark' },
  ],
  ar: [
    { size: phone, scheme: 'light' },
    { size: null, scheme: 'dark' },
  ],
}

/**
 * Everything automatic checks find on the page that is shown: axe on a desktop and a phone window, in light and dark, and sideways
 * scrolling down to 320 px. Window and colours are as before afterwards. `look` picks one of the language's two looks, for pages
 * that come in numbers and look alike.
 */
export async function faultsOfPage({ page, locale }: Visitor, name: string, look?: number): Promise<string[]> {
  const before = page.viewportSize()
  const faults: string[] = []
  for (const { size, scheme } of looks[locale].filter((_, at) => look === undefined || at === look % 2)) {
    await page.emulateMedia({ colorScheme: scheme })
    const wanted = size ?? before
    if (wanted) await page.setViewportSize(wanted)
    faults.push(...(await axeFaults(page, `${name} (${locale}, ${size ? 'phone' : 'desktop'}, ${scheme})`)))
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(narrowest)
  faults.push(...(await sidewaysScroll(page, `${name} (${locale}, 320 px)`)))
  if (before) await page.setViewportSize(before)
  return faults
}
