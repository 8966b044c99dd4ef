import { BlockList, isIP } from 'node:net'

/** Addresses somebody may come from. */
export interface AddressList {
  /** Whether it holds the address; an empty list holds all. */
  has(ip: string): boolean
}

function readRange(entry: string): { address: string; bits: number; family: 'ipv4' | 'ipv6' } | undefined {
  const [address = '', bits, ...rest] = entry.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return undefined
  const most = version === 4 ? 32 : 128
  if (bits !== undefined && !/^\d{1,3}$/.test(bits)) return undefined
  const length = bits === undefined ? most : Number(bits)
  return length > most ? undefined : { address, bits: length, family: version === 4 ? 'ipv4' : 'ipv6' }
}

/** An address, or a range of them in CIDR notation. */
export const isAddressRange = (entry: string): boolean => readRange(entry) !== undefined

/** @param entries each one {@link isAddressRange}. */
export function createAddressList(entries: readonly string[]): AddressList {
  const list = new BlockList()
  for (const entry of entries) {
    const range = readRange(entry)
    if (!range) throw new Error(`neither an address nor a range of them: ${entry}`)
    list.addSubnet(range.address, range.bits, range.family)
  }
  return {
    has(ip) {
      if (entries.length === 0) return true
      const version = isIP(ip)
      return version !== 0 && list.check(ip, version === 4 ? 'ipv4' : 'ipv6')
    },
  }
}
