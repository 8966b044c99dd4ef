import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

export interface CommandEnd {
  code: number | null
  output: string
  errors: string
}

/** Runs one of the API's commands (`reconcile`, `webhooks-replay` …) as the process it is, to its end. */
export async function runCommand(
  entry: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<CommandEnd> {
  const root = path.resolve(import.meta.dirname, '../../..')
  const child = spawn(process.execPath, [`apps/api/src/${entry}.ts`, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null] // as child_process documents 'close'
  return { code, output, errors }
}
