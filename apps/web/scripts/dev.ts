import { fileURLToPath } from 'node:url'
import { tokensCss } from '@dhow/tokens/css.ts'
import express from 'express'
import type { Express } from 'express'
import { createServer } from 'vite'

/** The website with Vite in front of it: sources are served as they are, server modules are loaded anew when they change. */
const root = fileURLToPath(new URL('..', import.meta.url))
const vite = await createServer({
  root,
  configFile: `${root}/vite.config.ts`,
  server: { middlewareMode: true },
  appType: 'custom',
})

let loadedModule: unknown
let website: Express | undefined

async function currentWebsite(): Promise<Express> {
  const module = await vite.ssrLoadModule('/src/server/development.ts')
  if (!website || module !== loadedModule) {
    loadedModule = module
    website = module['createDevelopmentApp'](process.env)
  }
  if (!website) throw new Error('the website did not start')
  return website
}

const app = express()
app.disable('x-powered-by')
// Linked ahead of the scripts that bring it, so that the first paint has its tokens.
app.get('/tokens.css', (_req, res) => void res.type('css').send(tokensCss()))
app.use(vite.middlewares)
app.use(async (req, res) => {
  const current = await currentWebsite()
  current(req, res)
})

const port = Number(process.env['PORT'] ?? 3000)
app.listen(port, '127.0.0.1', () => console.log(`website, reloading as you edit: http://localhost:${port}`))
