import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import { clearLeftovers } from './embedded/embedded-postgres.ts'
import { findPostgresPlace, removePostgresData } from './embedded/postgres-data.ts'
import { readLauncherConfig } from './launcher/config.ts'
import { messageOf, runSession } from './launcher/session.ts'

/** `npm run db:reset`: throws the embedded shop's data away. Refuses while it runs, and asks first unless given --yes. */
async function main(): Promise<number> {
  const config = readLauncherConfig(process.env)
  if (!existsSync(config.home)) {
    console.log(`There is no data in ${config.home}.`)
    return 0
  }
  return runSession(config, 'npm run db:reset', async () => {
    if (!process.argv.includes('--yes') && !(await confirm(config.home))) {
      console.log('Nothing was changed.')
      return 1
    }
    await clearLeftovers(path.join(findPostgresPlace(config.home), 'data'), console.log)
    removePostgresData(config.home)
    for (const name of ['media', 'secrets.json', 'sandbox.json', 'demo-staff.json', 'logs'])
      rmSync(path.join(config.home, name), { recursive: true, force: true })
    console.log('The data is gone. "npm start" begins with a fresh demo catalogue.')
    return 0
  })
}

async function confirm(home: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.log('Without a terminal to ask in, say it on the command line: npm run db:reset -- --yes')
    return false
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT')) // readline keeps Ctrl-C to itself otherwise
  const answer = await terminal.question(`Delete every product, cart and order in ${home}? Type "yes" to go on: `)
  terminal.close()
  return answer.trim() === 'yes'
}

try {
  process.exit(await main())
} catch (error) {
  console.error(messageOf(error))
  process.exit(1)
}
