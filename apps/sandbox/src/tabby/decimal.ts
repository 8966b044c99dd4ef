/**
 * Amounts as Tabby writes them: major units as text, with exactly the currency's two decimals. `149.5`, `14950` and the number 149.5
 * are what a wrong adapter sends.
 */
export const AMOUNT_PATTERN = String.raw`^(0|[1-9]\d{0,9})\.\d{2}$`

/** @param amount one that fits {@link AMOUNT_PATTERN}. */
export const minorUnitsOf = (amount: string): number => Number(amount.replace('.', ''))

export function decimalOf(minorUnits: number): string {
  const digits = String(minorUnits).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
