import type { Request } from 'express'
import ipaddr from 'ipaddr.js'

/** Where a request came from, roughly; the edge says so, and only ours is believed. */
export interface Place {
  country: string
  city: string | null
  latitude: number | null
  longitude: number | null
}

/** What is known of the device that asks. Nothing of it permits anything: it is for limits, session lists and the audit log. */
export interface ClientFacts {
  ip: string
  /** `203.0.113.0/24` or `2001:db8:1:200::/56`: what is stored, and what limits count neighbours by. */
  network: string
  /** The client's own name for the device, 22 characters of base64url; undefined when it sent none. */
  deviceId: string | undefined
  userAgent: string
  place: Place | undefined
  requestId: string
}

const deviceIdShape = /^[A-Za-z0-9_-]{22}$/

/** The /24 (IPv4, also mapped into IPv6) or /56 (IPv6) an address is in; `unknown` for what is no address. */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return 'unknown'
  const address = ipaddr.process(ip)
  const bits = address.kind() === 'ipv4' ? 24 : 56
  const bytes = address.toByteArray().map((byte, index) => (index < bits / 8 ? byte : 0))
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`
}

const headerOf = (request: Request, name: string): string | undefined => {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

const numberOf = (text: string | undefined, limit: number): number | null => {
  const value = Number(text ?? Number.NaN)
  return Number.isFinite(value) && Math.abs(value) <= limit ? value : null
}

/** Cloudflare's visitor location headers; our edge drops them from anybody else. */
function placeOf(request: Request): Place | undefined {
  const country = headerOf(request, 'cf-ipcountry')
  if (!country || !/^[A-Z]{2}$/.test(country)) return undefined
  return {
    country,
    city: headerOf(request, 'cf-ipcity')?.slice(0, 80) ?? null,
    latitude: numberOf(headerOf(request, 'cf-iplatitude'), 90),
    longitude: numberOf(headerOf(request, 'cf-iplongitude'), 180),
  }
}

/** Reads the facts of one request. `ip` is what Express found behind the proxies we trust. */
export function clientOf(request: Request, options: { requestId: string; isBehindEdge: boolean }): ClientFacts {
  const ip = request.ip ?? 'unknown'
  const deviceId = headerOf(request, 'device-id')
  return {
    ip,
    network: networkOf(ip),
    deviceId: deviceId && deviceIdShape.test(deviceId) ? deviceId : undefined,
    userAgent: headerOf(request, 'user-agent')?.slice(0, 300) ?? '',
    place: options.isBehindEdge ? placeOf(request) : undefined,
    requestId: options.requestId,
  }
}
