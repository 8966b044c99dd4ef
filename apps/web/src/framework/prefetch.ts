/** Pages that belong to one shopper are not fetched ahead. */
const isPrefetchable = (url: URL): boolean =>
  url.origin === location.origin &&
  url.pathname !== location.pathname &&
  !/\/(cart|checkout|orders|account|sign-in|sign-up)\b/.test(url.pathname)

const fetched = new Set<string>()

function prefetch(event: Event): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link?.href || link.target || fetched.has(link.href) || !isPrefetchable(new URL(link.href))) return
  fetched.add(link.href)
  const hint = document.createElement('link')
  hint.rel = 'prefetch'
  hint.href = link.href
  document.head.append(hint)
}

/** Fetches a page when a pointer rests on or touches its link. Browsers with speculation rules do it themselves. */
export function prefetchOnIntent(): void {
  if (HTMLScriptElement.supports?.('speculationrules')) return
  document.addEventListener('pointerover', prefetch, { passive: true })
  document.addEventListener('touchstart', prefetch, { passive: true })
}
