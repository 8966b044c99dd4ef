import { asciiDigits } from '@dhow/contracts/primitives.ts'

/** Dirhams as typed (`2,000`, `٢٠٠٠`, `99.5`) in fils; undefined when it is no amount. Exact: no float is multiplied. */
export function filsOf(typed: string): number | undefined {
  const plain = asciiDigits(typed)
    .replace(/[,\u066c\s]/g, '')
    .replace('\u066b', '.')
  const match = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(plain)
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : undefined
}

/** As it stands in a field: `2000`, `99.50`. */
export const dirhamsOf = (fils: number): string => {
  const whole = String(Math.trunc(fils / 100))
  return fils % 100 === 0 ? whole : `${whole}.${String(fils % 100).padStart(2, '0')}`
}
