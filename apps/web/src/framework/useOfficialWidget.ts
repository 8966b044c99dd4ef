import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import type { Money } from '@dhow/money/money.ts'
import type { InstalmentPromo } from './instalments.ts'
import { useShop } from './shop.tsx'

interface WidgetOptions {
  promo: InstalmentPromo
  amount: Money
  place: 'product' | 'cart'
  /** True once the provider's snippet stands there. */
  onShown: (isShown: boolean) => void
}

/** Runs when the page is usable and idle; gives what calls it off. */
function whenIdle(work: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(work, 2000)
    return () => clearTimeout(timer)
  }
  const handle = window.requestIdleCallback(work, { timeout: 5000 })
  return () => window.cancelIdleCallback(handle)
}

/**
 * Draws the provider's own snippet into the element the ref is given, anew whenever amount or language change. Nothing of it, nor
 * the code that draws it, is fetched where the shop has not switched it on. When it cannot be had, our words stay.
 */
export function useOfficialWidget({ promo, amount, place, onShown }: WidgetOptions): RefObject<HTMLDivElement> {
  const target = useRef<HTMLDivElement>(null)
  const { locale } = useShop()
  const { provider, widget } = promo
  const { amount: minorUnits, currency } = amount

  useEffect(() => {
    if (!widget) return undefined
    let isGone = false
    async function draw(settings: NonNullable<typeof widget>): Promise<void> {
      const { drawWidget } = await import('./official-widget.ts')
      if (isGone || !target.current) return
      const price = { amount: minorUnits, currency }
      onShown(await drawWidget(target.current, { provider, widget: settings, price, locale, place }))
    }
    const cancel = whenIdle(() => void draw(widget).catch(() => onShown(false)))
    return () => {
      isGone = true
      cancel()
    }
  }, [widget, provider, minorUnits, currency, locale, place, onShown])

  return target
}
