export type Stop = readonly [at: number, colour: string, opacity?: number]

function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** A colour between two, both as `#rrggbb`; `part` 0 is the first. */
export function mix(from: string, to: string, part: number): string {
  const [a, b] = [channels(from), channels(to)]
  const mixed = a.map((channel, at) => Math.round(channel + ((b[at] ?? 0) - channel) * part))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

/** Towards warm light. */
export const lighter = (hex: string, part: number): string => mix(hex, '#fff8ea', part)

/** Towards the colour of a shadow indoors, which is brown rather than black. */
export const darker = (hex: string, part: number): string => mix(hex, '#1a0e0c', part)

/** Shading of something round, lit from the top left: dark rim, light at a quarter, own colour, dark side. */
export function roundStops(hex: string): Stop[] {
  return [
    [0, darker(hex, 0.28)],
    [0.24, lighter(hex, 0.3)],
    [0.58, hex],
    [1, darker(hex, 0.42)],
  ]
}

/** A softer round shading, for cloth and matt clay. */
export function softStops(hex: string): Stop[] {
  return [
    [0, darker(hex, 0.12)],
    [0.3, lighter(hex, 0.2)],
    [0.65, hex],
    [1, darker(hex, 0.26)],
  ]
}

export type Metal = 'gold' | 'brass' | 'silver' | 'rose-gold' | 'steel' | 'copper' | 'ink'

const METALS: Record<Metal, readonly [edge: string, shine: string, own: string, deep: string]> = {
  gold: ['#8d6526', '#f8df9e', '#cf9f45', '#7b561f'],
  brass: ['#7c5117', '#f2cf7d', '#c48f33', '#70480f'],
  silver: ['#7b858d', '#ffffff', '#bcc5ca', '#68727a'],
  'rose-gold': ['#98594a', '#fbdccd', '#d79a86', '#8a4c3f'],
  steel: ['#59636b', '#e8eef0', '#98a4ab', '#4d565d'],
  copper: ['#7f3f22', '#f0b48d', '#c0703f', '#6d331a'],
  ink: ['#16181f', '#6a7080', '#2e323d', '#101217'],
}

export function metalStops(metal: Metal): Stop[] {
  const [edge, shine, own, deep] = METALS[metal]
  return [
    [0, edge],
    [0.28, shine],
    [0.62, own],
    [0.88, deep],
    [1, mix(deep, own, 0.4)],
  ]
}

/** The flat colour of a metal, for wires and edges too thin to be shaded. */
export const metalColour = (metal: Metal): string => METALS[metal][2]
export const metalShine = (metal: Metal): string => METALS[metal][1]
export const metalDeep = (metal: Metal): string => METALS[metal][3]
