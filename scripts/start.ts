import manifest from '../package.json' with { type: 'json' }
import { findFreePort, requireFreePorts } from './embedded/ports.ts'
import { PORT_NAMES, PORTS, readLauncherConfig, type LauncherConfig } from './launcher/config.ts'
import { messageOf, runSession } from './launcher/session.ts'
import { startShop, type ShopStart } from './launcher/shop.ts'
import { welcome } from './launcher/welcome.ts'

/** `npm start`: everything on embedded defaults, until Ctrl-C. `npm run dev` is the same with --dev: edits are reloaded. */
async function main(): Promise<number> {
  const config = readLauncherConfig(process.env)
  return runSession(config, 'Dhow', serve)
}

async function serve(start: ShopStart): Promise<number> {
  const startedAt = performance.now()
  const config = { ...start.config, ports: await choosePorts(start.config) }
  console.log(`Dhow ${manifest.version} on Node ${process.versions.node}; data and logs in ${config.home}`)
  await startShop({ ...start, config, isDevelopment: process.argv.includes('--dev') })
  console.log(welcome(config, (performance.now() - startedAt) / 1_000))
  await new Promise(() => {}) // until a signal, or the death of a part, ends the session
  return 0
}

/** Asked after the home is claimed: before, the ports may still be held by what a killed start left running. */
async function choosePorts({ ports }: LauncherConfig): Promise<LauncherConfig['ports']> {
  await requireFreePorts(PORT_NAMES.map((name) => ({ variable: PORTS[name].variable, port: ports[name] })))
  const orFree = async (port: number) => (port === 0 ? findFreePort() : port)
  return {
    ...ports,
    web: await orFree(ports.web),
    admin: await orFree(ports.admin),
    api: await orFree(ports.api),
    sandbox: await orFree(ports.sandbox),
  }
}

try {
  process.exit(await main())
} catch (error) {
  console.error(messageOf(error))
  process.exit(1)
}
