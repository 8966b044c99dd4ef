import type { Plugin } from 'vite'

const prefix = 'virtual:page/'

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
        `void hydrate(Page)`,
      ].join('\n')
    },
  }
}
