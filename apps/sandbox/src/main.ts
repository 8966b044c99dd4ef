import { startSandbox } from './app.ts'
import { configFromEnv, type SandboxConfig } from './config.ts'

const config = readConfig()
const sandbox = await startSandbox(config).catch((error: unknown) => fail(startFault(error)))
process.stdout.write(`Sandbox on ${sandbox.url} (test inputs /, inbox /inbox, control /control)\n`)

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    void sandbox.close().then(() => process.exit(0))
  })

function readConfig(): SandboxConfig {
  try {
    return configFromEnv(process.env)
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

function startFault(error: unknown): string {
  const isTaken = error instanceof Error && Reflect.get(error, 'code') === 'EADDRINUSE'
  if (isTaken) return `Port ${config.port} is taken; set SANDBOX_PORT to a free one.`
  return error instanceof Error ? error.message : String(error)
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
