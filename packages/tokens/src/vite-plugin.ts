import { tokensCss } from './css.ts'

const id = 'virtual:tokens.css'

/** The hooks of a Vite plugin this package fills, stated here so that it need not depend on Vite. */
export interface TokensPlugin {
  name: string
  resolveId(source: string): string | undefined
  load(source: string): string | undefined
}

/** `import 'virtual:tokens.css'`: the tokens as a style sheet; `isDense` is for the back office. */
export const tokens = (density: { isDense?: boolean } = {}): TokensPlugin => ({
  name: 'dhow-tokens',
  resolveId: (source) => (source === id ? `\0${id}` : undefined),
  load: (source) => (source === `\0${id}` ? tokensCss(density) : undefined),
})
