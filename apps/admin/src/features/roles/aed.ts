import { asciiDigits } from '@dhow/contracts/primitives.ts'
import { money, parseDecimal, toDecimal } from '@dhow/money/money.ts'

/** More than that no limit of a role can be: it fits the contract's largest, and no sum of it overflows. */
const longestDirhams = 7

/** Dirhams as people type them (`2,000`, `٢٠٠٠`, `99.5`) in fils; undefined when it is no amount. */
export function filsOf(typed: string): number | undefined {
  const plain = asciiDigits(typed)
    .replace(/[,\u066c\s]/g, '')
    .replace('\u066b', '.')
  if (plain.startsWith('-') || plain.split('.', 1)[0]?.length === 0) return undefined
  if ((plain.split('.', 1)[0]?.length ?? 0) > longestDirhams) return undefined
  return parseDecimal(plain)?.amount
}

/** As it stands in a field: `2000`, `99.50`. */
export const dirhamsOf = (fils: number): string => toDecimal(money(fils)).replace(/\.00$/, '')
