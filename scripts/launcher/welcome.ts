import type { LauncherConfig } from './config.ts'
import { addressesOf } from './settings.ts'

/** The table at the end of a start: where everything is, and what to pay with. */
export function welcome({ ports, home }: LauncherConfig, seconds: number): string {
  const { website, api, sandbox } = addressesOf(ports)
  const rows = [
    ['Website', `${website}/en`],
    ['الموقع', `${website}/ar`],
    ['API documentation', `${api}/api/v1/docs`],
    ['Sandbox inbox (e-mail)', `${sandbox}/inbox`],
    ['', ''],
    ['Pay with card', '4242 4242 4242 4242   any future date, any CVC'],
    ['… with 3-D Secure', '4000 0027 6000 3184'],
    ['… declined', '4000 0000 0000 0002'],
    ['', ''],
    ['Logs', `${home}/logs`],
  ]
  const width = Math.max(...rows.map(([label = '']) => label.length))
  const lines = rows.map(([label = '', value = '']) => `  ${label.padEnd(width)}   ${value}`.trimEnd())
  return `\nThe shop is open (${seconds.toFixed(1)} s).\n\n${lines.join('\n')}\n\nCtrl-C stops it.`
}
