import path from 'node:path'
import type { LauncherConfig } from './config.ts'
import { readDemoStaff, totpCode } from './demo-staff.ts'
import { addressesOf, DEMO_STAFF_FILE } from './settings.ts'

type Row = readonly [label: string, value: string]

/** Who may sign in to the back office: demo shops only, where all of it is made up. */
function staffRows(home: string): Row[] {
  const staff = readDemoStaff(path.join(home, DEMO_STAFF_FILE))
  if (staff.length === 0) return []
  const width = Math.max(...staff.map(({ email }) => email.length))
  return [
    ['', ''],
    ['Back office accounts', 'e-mail, password, then the code of an authenticator app with this secret; code now'],
    ...staff.map(({ email, password, totpSecret }): Row => [
      '',
      `${email.padEnd(width)}   ${password}   ${totpSecret}   ${totpCode(totpSecret, Date.now())}`,
    ]),
    ['… codes later', 'npm run demo:codes'],
    ['… another owner', 'npm run staff -- invite EMAIL'],
  ]
}

/** The table at the end of a start: where everything is, what to pay with, and as whom to sign in. */
export function welcome({ ports, home }: LauncherConfig, seconds: number): string {
  const { website, admin, api, sandbox } = addressesOf(ports)
  const rows: Row[] = [
    ['Website', `${website}/en`],
    ['الموقع', `${website}/ar`],
    ['Back office', admin],
    ['API documentation', `${api}/api/v1/docs`],
    ['Sandbox inbox (e-mail, SMS)', `${sandbox}/inbox`],
    ...staffRows(home),
    ['', ''],
    ['Pay with card', '4242 4242 4242 4242   any future date, any CVC'],
    ['… with 3-D Secure', '4000 0027 6000 3184'],
    ['… declined', '4000 0000 0000 0002'],
    ['Pay with Tabby', 'phone 050 000 0001   code 8888'],
    ['Pay with Tamara', 'phone 054 433 7866   its page shows code and card'],
    ['Pay cash', 'the code is in the inbox'],
    ['… what makes it fail', sandbox],
    ['', ''],
    ['Logs', `${home}/logs`],
  ]
  const width = Math.max(...rows.map(([label]) => label.length))
  const lines = rows.map(([label, value]) => `  ${label.padEnd(width)}   ${value}`.trimEnd())
  return `\nThe shop is open (${seconds.toFixed(1)} s).\n\n${lines.join('\n')}\n\nCtrl-C stops it.`
}
