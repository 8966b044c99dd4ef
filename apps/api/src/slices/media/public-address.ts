import { BlockList, isIP } from 'node:net'

const notPublic = new BlockList()
/** IANA special-purpose registries (RFC 6890 and its updates): nothing there is a shop's picture server. */
const ranges4 =
  `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24
  192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`.split(/\s+/)
/** Outside 2000::/3 nothing is public, which also rules out IPv4 mapped into IPv6; inside it, tunnels and documentation are not. */
const ranges6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

for (const [list, family] of [
  [ranges4, 'ipv4'],
  [ranges6, 'ipv6'],
] as const)
  for (const range of list) {
    const [address = '', prefix] = range.split('/')
    notPublic.addSubnet(address, Number(prefix), family)
  }
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')

/** True for an address on the public internet, and for nothing else: neither names nor short forms such as `127.1`. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !notPublic.check(address, 'ipv4')
  return family === 6 && global6.check(address, 'ipv6') && !notPublic.check(address, 'ipv6')
}
