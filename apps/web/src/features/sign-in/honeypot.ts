/** A field no person sees; programs that fill in whatever they find give themselves away by it. */
export const honeypotField = '_website'

export const isTrapped = (values: Readonly<Record<string, string>>): boolean => (values[honeypotField] ?? '') !== ''
