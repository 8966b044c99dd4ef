import type { Pen } from './pen.ts'

/** A point of a silhouette: half-width, height (negative is up), and whether the outline turns sharply there. */
export type Point = readonly [half: number, y: number, corner?: 'corner']

const at = (x: number, y: number): string => `${Number(x.toFixed(2))} ${Number(y.toFixed(2))}`

/**
 * A curve through points, broken at corners; starts at the first point, without its `M`. Each handle is a third of its
 * own segment along the Catmull–Rom tangent, so that points close together don't make the outline overshoot.
 */
function through(points: readonly Point[]): string {
  return points
    .slice(1)
    .map((to, index) => {
      const from = points[index] ?? to
      const before = from[2] ? from : (points[index - 1] ?? from)
      const after = to[2] ? to : (points[index + 2] ?? to)
      const reach = Math.hypot(to[0] - from[0], to[1] - from[1]) / 3
      const first = along(from, before, to, reach)
      const second = along(to, from, after, -reach)
      return `C${first} ${second} ${at(to[0], to[1])}`
    })
    .join('')
}

/** The point `reach` away from `start` in the direction from one point to another. */
function along(start: Point, from: Point, to: Point, reach: number): string {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1
  return at(start[0] + ((to[0] - from[0]) / length) * reach, start[1] + ((to[1] - from[1]) / length) * reach)
}

/** An open curve through points in x and y. */
export function curve(points: readonly Point[]): string {
  const first = points[0] ?? [0, 0]
  return `M${at(first[0], first[1])}${through(points)}`
}

/**
 * The closed outline of something turned on a lathe, from its right-hand profile, foot first; the foot is seen a little
 * from above. With other ends than −1 and 1 it is a strip of that side, for light and shade.
 */
export function lathe(profile: readonly Point[], from = -1, to = 1): string {
  const right = profile.map(([half, y, corner]): Point => [half * to, y, corner])
  const left = profile.map(([half, y, corner]): Point => [half * from, y, corner]).toReversed()
  const [start, turn] = [right[0] ?? [0, 0], left[0] ?? [0, 0]]
  const foot = left.at(-1) ?? start
  const sag = Math.abs(profile[0]?.[0] ?? 0) * 0.14 * ((to - from) / 2) ** 2 // a strip of the side hardly bends
  const round = `Q${at((start[0] + foot[0]) / 2, start[1] + sag)} ${at(start[0], start[1])}Z`
  return `M${at(start[0], start[1])}${through(right)}L${at(turn[0], turn[1])}${through(left)}${round}`
}

export const path = (d: string, fill: string, more = ''): string => `<path d="${d}" fill="${fill}" ${more}/>`

export const line = (d: string, colour: string, width: number, more = ''): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`

export const oval = (x: number, y: number, rx: number, ry: number, fill: string, more = ''): string =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}" ${more}/>`

export const box = (x: number, y: number, w: number, h: number, r: number, fill: string, more = ''): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${fill}" ${more}/>`

export type Place = { x?: number; y?: number; k?: number; turn?: number; flip?: boolean }

/** A drawing put somewhere: moved, scaled by `k`, turned in degrees, mirrored. */
export function put(body: string, { x = 0, y = 0, k = 1, turn = 0, flip = false }: Place): string {
  const scale = k === 1 && !flip ? '' : ` scale(${flip ? -k : k} ${k})`
  return `<g transform="translate(${x} ${y})${turn ? ` rotate(${turn})` : ''}${scale}">${body}</g>`
}

export const faded = (opacity: number, body: string): string => `<g opacity="${opacity}">${body}</g>`

/** Something turned on a lathe in one paint, with the strip of light and the strip of shade that make it round. */
export function turned(profile: readonly Point[], fill: string, shine = 0.3, shade = 0.16): string {
  const light = shine > 0 ? path(lathe(profile, -0.74, -0.5), '#fff', `opacity="${shine}"`) : ''
  const dark = shade > 0 ? path(lathe(profile, 0.72, 1), '#1a0e0c', `opacity="${shade}"`) : ''
  return path(lathe(profile), fill) + dark + light
}

/** The soft shadow on the ground, a little to the right of its thing, as the light falls from the top left. */
export function groundShadow(pen: Pen, half: number): string {
  const wide = pen.glow([
    [0, '#1c1208', 0.34],
    [0.6, '#1c1208', 0.13],
    [1, '#1c1208', 0],
  ])
  const near = pen.glow([
    [0, '#1c1208', 0.5],
    [0.7, '#1c1208', 0.22],
    [1, '#1c1208', 0],
  ])
  const flat = Math.min(26, 8 + half * 0.12)
  return oval(half * 0.16, 3, half * 1.32, flat, wide) + oval(0, 0, half * 1.02, flat * 0.5, near)
}

/** Rising smoke or steam: three soft ribbons. */
export function smoke(pen: Pen, height: number, colour = '#ffffff'): string {
  const h = height
  const ribbon = (dx: number, width: number, opacity: number) =>
    line(
      `M${dx} 0C${dx - 26} ${-h * 0.25} ${dx + 30} ${-h * 0.42} ${dx + 4} ${-h * 0.66}S${dx + 14} ${-h * 0.9} ${dx + 8} ${-h}`,
      colour,
      width,
      `opacity="${opacity}"`,
    )
  return pen.blur(2.4, ribbon(0, 9, 0.5) + ribbon(12, 5, 0.45) + ribbon(-9, 4, 0.5))
}

/** A stretch of drawings, one after the other. */
export function repeat(count: number, draw: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => draw(index)).join('')
}

/** Steady pseudo-random numbers in 0–1: the same picture every time it is drawn. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 0x1_0000_0000
  }
}
