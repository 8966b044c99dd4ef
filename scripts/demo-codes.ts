import path from 'node:path'
import { readLauncherConfig } from './launcher/config.ts'
import { readDemoStaff, totpCode } from './launcher/demo-staff.ts'
import { messageOf } from './launcher/session.ts'
import { DEMO_STAFF_FILE } from './launcher/settings.ts'

/** `npm run demo:codes`: what authenticator apps of the demo shop's staff show now, for whoever has none at hand. */
function main(): number {
  const file = path.join(readLauncherConfig(process.env).home, DEMO_STAFF_FILE)
  const staff = readDemoStaff(file)
  if (staff.length === 0) {
    console.error(`There is no demo staff in ${file}: the first "npm start" makes it.`)
    return 1
  }
  const now = Date.now()
  for (const { email, password, totpSecret } of staff)
    console.log(`${totpCode(totpSecret, now)}   ${email}   ${password}`)
  console.log(`Good for ${30 - (Math.floor(now / 1_000) % 30)} more seconds, each once.`)
  return 0
}

try {
  process.exit(main())
} catch (error) {
  console.error(messageOf(error))
  process.exit(1)
}
