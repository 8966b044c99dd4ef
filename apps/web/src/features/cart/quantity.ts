import { asciiDigits, maxLineQuantity } from '@dhow/contracts/primitives.ts'

/** A typed or pressed quantity: ٣ is 3, 99 is as many as a line may hold. Undefined when it is no whole number. */
export function readQuantity(typed: string | undefined): number | undefined {
  const text = asciiDigits(typed ?? '').trim()
  return /^\d{1,6}$/.test(text) ? Math.min(Number(text), maxLineQuantity) : undefined
}
