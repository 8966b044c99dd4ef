import { useEffect } from 'react'

/**
 * Loads the page anew when the browser brings it back from its back/forward cache: cart and checkout are shown as the server
 * has them, never as they were. Browsers may keep `no-store` pages there.
 */
export function useFreshPage(): void {
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) location.reload()
    }
    window.addEventListener('pageshow', onShow)
    return () => window.removeEventListener('pageshow', onShow)
  }, [])
}
