import { metalStops, roundStops, softStops } from './colour.ts'
import type { Metal, Stop } from './colour.ts'

/**
 * What a drawing draws with: hands out paints and keeps their definitions for the one picture being made.
 * A drawing is a function from a pen to SVG, standing on the origin: its foot at (0, 0), up is negative.
 */
export type Pen = {
  across: (stops: readonly Stop[]) => string
  down: (stops: readonly Stop[]) => string
  slant: (stops: readonly Stop[]) => string
  glow: (stops: readonly Stop[]) => string
  round: (hex: string) => string
  soft: (hex: string) => string
  metal: (metal: Metal) => string
  /** A repeating tile `size` units square. */
  tile: (size: number, body: string) => string
  /** `body`, cut to the outline `d`. */
  within: (d: string, body: string) => string
  blur: (radius: number, body: string) => string
  definitions: () => string
}

export function newPen(): Pen {
  const known = new Map<string, { id: string; markup: string }>()
  const add = (write: (id: string) => string): string => {
    const key = write('')
    const { id } = known.get(key) ?? { id: `d${known.size}` }
    known.set(key, { id, markup: write(id) })
    return id
  }
  const linear = (x: number, y: number) => (stops: readonly Stop[]) =>
    `url(#${add((id) => `<linearGradient id="${id}" x1="0" y1="0" x2="${x}" y2="${y}">${stopMarkup(stops)}</linearGradient>`)})`
  const across = linear(1, 0)
  return {
    across,
    down: linear(0, 1),
    slant: linear(1, 1),
    glow: (stops) => `url(#${add((id) => `<radialGradient id="${id}">${stopMarkup(stops)}</radialGradient>`)})`,
    round: (hex) => across(roundStops(hex)),
    soft: (hex) => across(softStops(hex)),
    metal: (metal) => across(metalStops(metal)),
    tile: (size, body) => {
      const open = `width="${size}" height="${size}" patternUnits="userSpaceOnUse"`
      return `url(#${add((id) => `<pattern id="${id}" ${open}>${body}</pattern>`)})`
    },
    within: (d, body) => {
      const id = add((id) => `<clipPath id="${id}"><path d="${d}"/></clipPath>`)
      return `<g clip-path="url(#${id})">${body}</g>`
    },
    blur: (radius, body) => {
      const room = 'x="-50%" y="-50%" width="200%" height="200%"'
      const id = add((id) => `<filter id="${id}" ${room}><feGaussianBlur stdDeviation="${radius}"/></filter>`)
      return `<g filter="url(#${id})">${body}</g>`
    },
    definitions: () => `<defs>${[...known.values()].map(({ markup }) => markup).join('')}</defs>`,
  }
}

function stopMarkup(stops: readonly Stop[]): string {
  return stops
    .map(([at, colour, opacity = 1]) => `<stop offset="${at}" stop-color="${colour}" stop-opacity="${opacity}"/>`)
    .join('')
}
