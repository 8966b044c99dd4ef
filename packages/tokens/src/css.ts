import {
  colours,
  dense,
  layer,
  leading,
  leadingArabic,
  motion,
  radius,
  size,
  space,
  tracking,
  type,
  typeArabic,
  weight,
} from './tokens.ts'

type Values = Readonly<Record<string, string>>

const declare = (group: string, values: Values): string =>
  Object.entries(values)
    .map(([name, value]) => `--${group}${name}:${value};`)
    .join('')

const stillness = declare('motion-', { quick: '0ms', calm: '0ms', slow: '0ms' })

/** Fingers need 44 px, and phones zoom into fields whose text is smaller than 16. */
const denseCss = [
  `:root{${declare('text-', dense.type)}${declare('size-', dense.size)}}`,
  `:root:lang(ar){${declare('text-', dense.typeArabic)}}`,
  `@media (pointer:coarse){:root{${declare('size-', dense.sizeForFingers)}}}`,
]

/** The tokens as CSS custom properties: `--gulf`, `--space-4`, `--radius-m`, `--text-l`, `--motion-calm`, in both themes and scripts. */
export function tokensCss({ isDense = false }: { isDense?: boolean } = {}): string {
  const base = [
    declare('', colours.light),
    declare('space-', space),
    declare('radius-', radius),
    declare('size-', size),
    declare('text-', type),
    declare('leading-', leading),
    declare('tracking-', tracking),
    declare('weight-', weight),
    declare('motion-', motion),
    declare('layer-', layer),
  ].join('')
  const arabic =
    declare('text-', typeArabic) + declare('leading-', leadingArabic) + declare('tracking-', { headline: '0' })
  return [
    `:root{color-scheme:light dark;${base}}`,
    `:root:lang(ar){${arabic}}`,
    `@media (prefers-color-scheme:dark){:root{${declare('', colours.dark)}}}`,
    ...(isDense ? denseCss : []),
    `@media (prefers-reduced-motion:reduce){:root{${stillness}}}`,
  ].join('\n')
}
