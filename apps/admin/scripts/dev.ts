import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { readConfig } from '../server/config.ts'

/** The back office by Vite: edits are seen at once. The API is behind the same origin, as in production. */
const root = fileURLToPath(new URL('..', import.meta.url))
const config = readConfig(process.env)
const vite = await createServer({
  configFile: `${root}/vite.config.ts`,
  server: {
    host: config.host,
    port: config.port,
    strictPort: true,
    proxy: { '/api/v1': { target: config.apiUrl, xfwd: true } },
  },
  // The launcher asks whether we are ready.
  plugins: [
    {
      name: 'dhow-health',
      configureServer: (server) => {
        server.middlewares.use('/health', (_req, res) => void res.end('{"status":"ok"}'))
      },
    },
  ],
})
await vite.listen()
console.log(`back office, reloading as you edit: ${config.adminUrl}`)
