import { networkOf } from '../auth/client.ts'

/** Whom a limit counts as one caller: an IPv4 address, or an IPv6 network, since a subscriber has one of those to choose addresses from. */
export function callerOf(ip: string): string {
  if (!ip.includes(':')) return ip
  return ip.startsWith('::ffff:') ? ip.slice('::ffff:'.length) : networkOf(ip)
}
