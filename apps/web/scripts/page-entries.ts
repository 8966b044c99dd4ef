import type { Plugin } from 'vite'

const prefix = 'virtual:page/'

/** Pages that say `signIn.*` and `account.*`, which are a chunk of their own. */
const hasAccountWords = (name: string): boolean => /^(?:sign-|account)/.test(name)

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
      return [
        isDevelopment ? `import '@vitejs/plugin-react/preamble'` : '',
        `import { Page } from '/src/pages/${name}.page.tsx'`,
        `import { hydrate } from '/src/framework/hydrate.tsx'`,
        ...(hasAccountWords(name)
          ? [`import { accountWords } from '/src/framework/account-words.ts'`, `void hydrate(Page, accountWords)`]
          : [`void hydrate(Page)`]),
      ].join('\n')
    },
  }
}
