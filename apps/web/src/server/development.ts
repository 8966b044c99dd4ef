import type { Express } from 'express'
import { createWebApp } from './app.ts'
import type { AssetsOf } from './assets.ts'
import { readConfig } from './config.ts'
import { createLog } from './log.ts'
import { createServices } from './services.ts'

/** Vite serves the sources themselves; styles come in with their modules. */
const sourceAssets: AssetsOf = (pageName) => ({
  scripts: ['/@vite/client', `/@id/__x00__virtual:page/${pageName}`],
  preloads: [],
  styles: ['/tokens.css', '/src/ui/global.css?direct'],
})

/** The website for `npm run dev`: no page cache, no compression, and no policy that would keep Vite's scripts out. */
export function createDevelopmentApp(environment: Readonly<Record<string, string | undefined>>): Express {
  const config = {
    ...readConfig({ NODE_ENV: 'development', ...environment, PAGE_CACHE: 'false' }),
    isServedByVite: true,
  }
  return createWebApp(createServices(config, createLog(config), sourceAssets))
}
