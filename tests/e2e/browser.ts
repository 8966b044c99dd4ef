import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Locale } from '@dhow/i18n/locales.ts'
import { createTranslator } from '@dhow/i18n/translate.ts'
import type { Translator } from '@dhow/i18n/translator.ts'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, ConsoleMessage, Page } from 'playwright-core'
import { afterAll, expect } from 'vitest'
import type { Shop } from './shop.ts'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const windows = {
  desktop: { viewport: { width: 1360, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
} as const satisfies Record<string, BrowserContextOptions>

export interface Visit {
  window?: keyof typeof windows
  locale?: Locale
  /** False: pages are what the server sends and nothing more. */
  javaScript?: boolean
  dark?: boolean
  /** Faults this test brings about itself, as parts of a complaint: `422` for a form that is refused. */
  expected?: readonly string[]
}

export interface Visitor {
  page: Page
  context: BrowserContext
  locale: Locale
  t: Translator
  /** The shop's address of a path below the language: `at('/cart')`. */
  at: (path: string) => string
  /** Opens a path below the language and waits until its script has taken over. */
  open: (path: string) => Promise<void>
  /** Waits until the shown page's script has taken over; at once where scripts don't run. */
  settled: () => Promise<void>
}

let launched: Promise<Browser> | undefined

/** One browser for all tests of a file. */
function browser(): Promise<Browser> {
  if (!launched) {
    launched = chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: flags })
    afterAll(async () => (await launched)?.close())
  }
  return launched
}

/** Everything a shopper's browser grumbles about: script errors, policy violations, refused or failed requests. */
function collectComplaints(context: BrowserContext, javaScript: boolean): string[] {
  const complaints: string[] = []
  context.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => complaints.push(`script: ${error.error().stack ?? error.error().message}`))
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    // What a page was still fetching, or fetching ahead, when it was left; and scripts where there are to be none.
    const isOurDoing = reason === 'net::ERR_ABORTED' || (!javaScript && reason === 'csp')
    if (!isOurDoing) complaints.push(`request: ${request.url()} ${reason}`)
  })
  return complaints
}

/** A page's script marks `<html data-ready>` when it has taken over. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator('html[data-ready]').waitFor({ state: 'attached' })
}

async function screenshots(context: BrowserContext): Promise<string> {
  const directory = mkdtempSync(path.join(tmpdir(), 'dhow-failed-'))
  const files = context.pages().map(async (page, number) => {
    const file = path.join(directory, `${number + 1}.png`)
    await page.screenshot({ path: file, fullPage: true, timeout: 10_000 }).catch(() => undefined)
    return `${page.url()} looked like ${file}`
  })
  return (await Promise.all(files)).join('\n')
}

/**
 * Runs a test as one shopper in a browser window with nothing remembered. Fails, with a picture of each page, when the test fails;
 * and when the browser complained about anything the test did not say it expects.
 */
export async function visit(
  shop: Pick<Shop, 'url'>,
  wish: Visit,
  shopper: (visitor: Visitor) => Promise<void>,
): Promise<void> {
  const { window = 'desktop', locale = 'en', javaScript = true, dark = false, expected = [] } = wish
  const context = await (
    await browser()
  ).newContext({
    ...windows[window],
    baseURL: shop.url,
    locale: locale === 'ar' ? 'ar-AE' : 'en-AE',
    timezoneId: 'Asia/Dubai',
    javaScriptEnabled: javaScript,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(20_000)
  const complaints = collectComplaints(context, javaScript)
  try {
    const page = await context.newPage()
    const at = (below: string) => `/${locale}${below}`
    const settled = async (): Promise<void> => {
      if (javaScript) await untilReady(page)
    }
    const open = async (below: string): Promise<void> => {
      await page.goto(at(below))
      await settled()
    }
    await shopper({ page, context, locale, t: createTranslator(locale), at, open, settled })
    expect(complaints.filter((complaint) => !expected.some((part) => complaint.includes(part)))).toEqual([])
  } catch (error) {
    const details = [error instanceof Error ? error.message : String(error), await screenshots(context), ...complaints]
    throw new Error(details.join('\n'), { cause: error })
  } finally {
    await context.close()
  }
}
