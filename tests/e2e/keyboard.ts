import type { Locator, Page } from 'playwright-core'

const MOST_PRESSES = 250

/** Whether the keyboard is on it now; in a frame, whether the frame has it. */
const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === element.ownerDocument.activeElement && element.ownerDocument.hasFocus())

/** Whether an outline or a ring is drawn: by the element, by what it spreads over its card, or round the field it is in. */
const showsFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => {
    const isDrawn = ({ outlineStyle, boxShadow }: CSSStyleDeclaration) =>
      outlineStyle !== 'none' || boxShadow !== 'none'
    const styles = [undefined, '::before', '::after'].map((part) => getComputedStyle(element, part))
    return [...styles, ...(element.parentElement ? [getComputedStyle(element.parentElement)] : [])].some(isDrawn)
  })

/** Presses Tab until the keyboard is there. Throws when it never comes there, or when that cannot be seen. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let presses = 0; !(await hasFocus(target)); presses += 1) {
    if (presses > MOST_PRESSES) throw new Error(`the Tab key does not lead to ${String(target)}`)
    await page.keyboard.press('Tab')
  }
  if (!(await showsFocus(target))) throw new Error(`nothing shows that the keyboard is on ${String(target)}`)
}

export async function pressOn(page: Page, target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press(key)
}

export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.type(text)
}
