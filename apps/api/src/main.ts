import { createApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { createContext } from './context.ts'
import { requireMigrated } from './platform/db/release-schema.ts'
import { hearChanges } from './platform/auth/changes.ts'
import { drain, listen } from './platform/http/server.ts'
import { onShutdown } from './platform/lifecycle.ts'

/** The API process: configuration, context, listen, drain on SIGTERM. */
async function main(): Promise<void> {
  const config = readConfig()
  const ctx = createContext(config, { processName: 'api' })
  await requireMigrated(ctx.db)
  const stopListening = hearChanges(ctx)
  await ctx.keyring.signer() // a shop's first key is made before anybody signs in
  const { server, port } = await listen(createApp(ctx), { host: config.API_HOST, port: config.API_PORT })
  ctx.log.info({ port }, 'api is listening')
  process.send?.('ready')
  onShutdown(ctx.log, async () => {
    ctx.lifecycle.isDraining = true
    await drain(server)
    await stopListening()
    await ctx.close()
  })
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exit(1)
})
