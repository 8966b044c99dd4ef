import { darker, lighter, mix } from './colour.ts'
import { faded, line, oval, path, put, repeat } from './shapes.ts'
import type { Pen } from './pen.ts'

/** An eight-pointed star, the ornament of the whole set. */
export function star(points: number, radius: number, colour: string): string {
  const corners = Array.from({ length: points * 2 }, (_, index) => {
    const reach = index % 2 === 0 ? radius : radius * 0.62
    const angle = (Math.PI * index) / points
    return `${(Math.sin(angle) * reach).toFixed(2)} ${(-Math.cos(angle) * reach).toFixed(2)}`
  })
  return `<polygon points="${corners.join(' ')}" fill="${colour}"/>`
}

/** A rose from above: petals as discs, each smaller and turned by the golden angle. */
export function rose(pen: Pen, colour: string): string {
  const edge = darker(colour, 0.3)
  const petals = repeat(11, (index) => {
    const radius = 34 - index * 2.6
    const angle = (index * 137.5 * Math.PI) / 180
    const reach = Math.max(0, 25 - index * 2.6)
    const tone = mix(lighter(colour, 0.34), darker(colour, 0.2), index / 11)
    const fill = pen.slant([
      [0, lighter(tone, 0.25)],
      [0.6, tone],
      [1, darker(tone, 0.2)],
    ])
    return oval(
      Math.cos(angle) * reach,
      Math.sin(angle) * reach,
      radius,
      radius,
      fill,
      `stroke="${edge}" stroke-width="1.2" stroke-opacity=".45"`,
    )
  })
  return oval(0, 0, 46, 46, darker(colour, 0.18)) + petals + line('M-5 -1q4 -7 9 -1q2 7 -6 6', darker(colour, 0.5), 2.2)
}

export const leaf = (colour: string, length = 60): string =>
  path(
    `M0 0C${length * 0.2} ${-length * 0.34} ${length * 0.75} ${-length * 0.34} ${length} 0C${length * 0.75} ${length * 0.3} ${length * 0.2} ${length * 0.3} 0 0z`,
    colour,
  ) + line(`M4 0H${length - 6}`, lighter(colour, 0.35), 1.8, 'opacity=".7"')

export function limeHalf(pen: Pen): string {
  const segments = repeat(8, (index) =>
    put(path('M0 -4C-9 -14 -9 -24 0 -27C9 -24 9 -14 0 -4z', '#cfe07a'), { turn: index * 45 }),
  )
  return (
    oval(2, 5, 40, 38, '#4f7a2a') +
    oval(
      0,
      0,
      38,
      36,
      pen.slant([
        [0, '#8fbb4a'],
        [1, '#5f8f33'],
      ]),
    ) +
    oval(0, 0, 33, 31, '#eef3c4') +
    faded(0.95, segments)
  )
}

export function palm(colour: string): string {
  const fronds = [-150, -120, -92, -60, -30].map((turn) =>
    put(path('M0 0C14 -16 34 -16 44 2C30 -6 14 -4 0 0z', colour), { turn, y: -52 }),
  )
  return (
    path('M-3 0C-1 -20 -2 -36 -1 -52H3C3 -36 4 -20 5 0z', darker(colour, 0.2)) +
    fronds.join('') +
    put(path('M0 0C14 -16 34 -16 44 2C30 -6 14 -4 0 0z', colour), { y: -52, turn: 6 }) +
    put(path('M0 0C14 -16 34 -16 44 2C30 -6 14 -4 0 0z', colour), { y: -52, turn: -186 })
  )
}

export const leafSprig = (colour: string): string =>
  line('M0 30V-30', darker(colour, 0.2), 3) +
  [-24, -6, 12]
    .map((y) =>
      path(
        `M0 ${y}C8 ${y - 18} 26 ${y - 18} 34 ${y - 10}C26 ${y + 4} 12 ${y + 6} 0 ${y}zM0 ${y + 6}C-8 ${y - 12} -26 ${y - 12} -34 ${y - 4}C-26 ${y + 10} -12 ${y + 12} 0 ${y + 6}z`,
        colour,
      ),
    )
    .join('')

export const petal = (colour: string): string =>
  path('M0 0C-16 -6 -20 -22 -6 -28C8 -32 22 -20 18 -6C14 2 6 3 0 0z', colour) +
  path('M-4 -4C-10 -10 -10 -20 -2 -24', 'none', `stroke="${lighter(colour, 0.5)}" stroke-width="2" opacity=".7"`)
