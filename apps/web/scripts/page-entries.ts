import type { Plugin } from 'vite'

const prefix = 'virtual:page/'

/** Words that are a chunk of their own, and the pages that say them. */
const ownWords = {
  account: /^(?:sign-|account|checkout-code)/,
  order: /^(?:checkout|order|account)/,
} as const

/** `virtual:page/<name>`: the browser entry of `src/pages/<name>.page.tsx`, which only ever says "hydrate this". */
export function pageEntries(): Plugin {
  let isDevelopment = false
  return {
    name: 'dhow-page-entries',
    configResolved(config) {
      isDevelopment = config.command === 'serve'
    },
    resolveId: (source) => (source.startsWith(prefix) ? `\0${source}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined
      const name = id.slice(prefix.length + 1)
      const words = Object.entries(ownWords).flatMap(([one, pages]) => (pages.test(name) ? [one] : []))
      return [
        isDevelopment ? `import '@vitejs/plugin-react/preamble'` : '',
        `import { Page } from '/src/pages/${name}.page.tsx'`,
        `import { hydrate } from '/src/framework/hydrate.tsx'`,
        ...words.map((one) => `import { ${one}Words } from '/src/framework/${one}-words.ts'`),
        `void hydrate(${['Page', ...words.map((one) => `${one}Words`)].join(', ')})`,
      ].join('\n')
    },
  }
}
