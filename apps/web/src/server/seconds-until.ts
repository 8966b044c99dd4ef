/** Whole seconds from now until an instant, at least none: what a page's timer begins with. */
export const secondsUntil = (instant: string): number =>
  Math.max(0, Math.ceil((Date.parse(instant) - Date.now()) / 1000))
