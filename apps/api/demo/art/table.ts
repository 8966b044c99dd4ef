import { darker, lighter, mix } from './colour.ts'
import { palm, star } from './ornament.ts'
import { glassVessel, label } from './perfume.ts'
import { box, curve, faded, lathe, line, oval, path, put, repeat, seeded, smoke, turned } from './shapes.ts'
import type { Metal } from './colour.ts'
import type { Pen } from './pen.ts'
import type { Point } from './shapes.ts'

/** The Arabic coffee pot: waisted body, crescent spout, tall lid. Faces left. */
export function dallah(pen: Pen, metal: Metal = 'brass'): string {
  const fill = pen.metal(metal)
  const deep = metal === 'ink' ? '#0d0e12' : metal === 'silver' ? '#68727a' : metal === 'copper' ? '#6d331a' : '#8a5d1c'
  const body: Point[] = [
    [62, 0, 'corner'],
    [84, -18],
    [92, -52],
    [74, -106],
    [50, -150],
    [42, -186, 'corner'],
  ]
  const lid: Point[] = [
    [48, -198, 'corner'],
    [44, -226],
    [24, -246],
    [8, -254, 'corner'],
  ]
  const spout = 'M-52 -152C-92 -156 -108 -196 -160 -200C-140 -184 -124 -120 -70 -94C-56 -100 -50 -130 -52 -152z'
  const handle = 'M48 -158C104 -176 130 -140 120 -96C114 -62 98 -38 80 -34'
  return [
    line(handle, deep, 17),
    line(handle, fill, 13),
    path(spout, fill),
    path('M-160 -200C-128 -196 -108 -150 -70 -136C-96 -150 -112 -188 -160 -200z', '#fff', 'opacity=".3"'),
    turned(body, fill, 0.24, 0.14),
    line('M-86 -36Q0 -14 86 -36M-91 -52Q0 -28 91 -52', deep, 2.4, 'opacity=".6"'),
    repeat(7, (index) =>
      put(star(8, 7, deep), { x: -66 + index * 22, y: -26 - Math.abs(index - 3) * 3.4 - 2, k: 0.9 }),
    ),
    line('M-46 -160Q0 -150 46 -160', deep, 2.4, 'opacity=".55"'),
    turned(
      [
        [46, -184, 'corner'],
        [56, -192],
        [52, -200, 'corner'],
      ],
      fill,
      0.2,
      0.1,
    ),
    turned(lid, fill, 0.28, 0.12),
    oval(0, -262, 11, 10, fill),
    path('M-6 -270L0 -304L6 -270z', fill),
    oval(0, -270, 7, 3.5, deep),
  ].join('')
}

/** A handleless coffee cup; `pattern` is the colour of its painted band. */
export function finjan(pen: Pen, pattern: string, coffee = true): string {
  const cup: Point[] = [
    [17, 0, 'corner'],
    [20, -4],
    [31, -30],
    [37, -58, 'corner'],
  ]
  const band = repeat(5, (index) =>
    put(path('M0 -8L7 0L0 8L-7 0z', pattern), { x: -24 + index * 12, y: -38 + (2 - Math.abs(index - 2)) * 1.4 }),
  )
  const liquid = coffee
    ? oval(0, -57, 32, 7, '#b7792f') + oval(-6, -58, 16, 2.6, '#e2ac60', 'opacity=".8"')
    : oval(0, -57, 32, 7, '#d8ccb6')
  return (
    turned(cup, pen.soft('#f7f0e2'), 0.5, 0.14) +
    pen.within(lathe(cup), band + line('M-40 -50Q0 -43 40 -50M-34 -26Q0 -20 34 -26', pattern, 2)) +
    oval(0, -58, 37, 8.6, '#fffaf0') +
    liquid
  )
}

export function coffeeBag(pen: Pen, colour: string, bean: string): string {
  const d = 'M-82 0C-90 -60 -90 -150 -78 -226L78 -226C90 -150 90 -60 82 0Q0 10 -82 0z'
  const kraft = pen.across([
    [0, darker(colour, 0.25)],
    [0.18, lighter(colour, 0.2)],
    [0.5, colour],
    [0.85, darker(colour, 0.12)],
    [1, darker(colour, 0.4)],
  ])
  return [
    path(d, kraft),
    path('M-78 -226L-70 -262H70L78 -226z', darker(colour, 0.18)),
    line('M-74 -244H74', lighter(colour, 0.4), 5, 'opacity=".5"'),
    path('M-60 -10C-70 -80 -70 -150 -60 -216', 'none', 'stroke="#fff" stroke-width="8" opacity=".16"'),
    label(pen, 56, -172, 116, bean),
    put(faded(1, dallahMark(bean)), { y: -96, k: 0.26 }),
    box(-50, -40, 100, 16, 8, bean),
    repeat(3, (index) => put(coffeeBean(mix('#f6ead2', bean, 0.1)), { x: -22 + index * 22, y: -32, k: 0.32 })),
    oval(0, -204, 9, 9, darker(colour, 0.35)) + oval(0, -204, 4, 4, lighter(colour, 0.3)),
  ].join('')
}

const dallahMark = (colour: string): string =>
  path(
    'M-62 0C-92 -30 -92 -60 -74 -106C-60 -130 -46 -150 -42 -186H42C46 -150 60 -130 74 -106C92 -60 92 -30 62 0z',
    colour,
  ) +
  path('M-52 -152C-92 -156 -108 -196 -160 -200C-140 -184 -124 -120 -70 -94z', colour) +
  line('M48 -158C104 -176 130 -140 120 -96C114 -62 98 -38 80 -34', colour, 14) +
  path('M-48 -198C-44 -230 -24 -246 0 -300C24 -246 44 -230 48 -198z', colour)

export const coffeeBean = (colour: string): string =>
  oval(0, 0, 24, 16, colour) + line('M-20 2Q-6 -8 2 0T20 -2', darker(colour, 0.5), 3)

export function honeyJar(pen: Pen): string {
  const d = 'M-54 0L-76 -30V-136L-50 -166H50L76 -136V-30L54 0z'
  const honey = pen.across([
    [0, '#a85d0c'],
    [0.22, '#f6bd4a'],
    [0.55, '#dd8a1b'],
    [1, '#8a4708'],
  ])
  const cells = repeat(7, (index) =>
    put(
      '<path d="M0 -15L13 -7.5V7.5L0 15L-13 7.5V-7.5z" fill="none" stroke="#fff3cf" stroke-width="2" opacity=".5"/>',
      { x: -52 + (index % 4) * 27 + (index > 3 ? 13 : 0), y: index > 3 ? -34 : -58 },
    ),
  )
  const dipper =
    line('M0 0L40 -96', '#a87c47', 8) +
    repeat(4, (index) =>
      put(oval(0, 0, 17 - Math.abs(index - 1.5) * 3, 6, index % 2 ? '#b98a55' : '#d3a974'), {
        x: -index * 4 + 2,
        y: 8 + index * 9,
        turn: 22,
      }),
    ) +
    path('M-16 36C-22 52 -12 70 -14 84C-6 70 -4 52 -4 38z', '#e79a2d')
  return [
    path(d, honey),
    pen.within(
      d,
      path('M-76 -40V-136L-50 -166H-34L-54 -130V-6z', '#fff', 'opacity=".28"') +
        path('M54 0L76 -30V-136L50 -166H38L56 -130V-10z', '#5d2a02', 'opacity=".28"') +
        cells,
    ),
    label(pen, 52, -132, 56, '#b9741a'),
    box(-54, -182, 108, 18, 4, pen.metal('gold')),
    box(-58, -206, 116, 30, 7, pen.metal('brass')),
    line(
      'M-40 -202V-180M-24 -202V-180M-8 -202V-180M8 -202V-180M24 -202V-180M40 -202V-180',
      '#70480f',
      2,
      'opacity=".4"',
    ),
    put(dipper, { x: 104, y: -94, turn: 6 }),
    oval(90, -2, 28, 7, '#dd8a1b'),
    oval(84, -4, 12, 2.4, '#ffe2a0', 'opacity=".8"'),
  ].join('')
}

export function saffronJar(pen: Pen): string {
  const glass: Point[] = [
    [54, 0, 'corner'],
    [62, -8],
    [64, -30],
    [62, -104],
    [44, -124],
    [40, -136, 'corner'],
  ]
  const random = seeded(5)
  const thread = (spread: number, top: number) => {
    const [x, y] = [(random() - 0.5) * spread, -random() * top - 6]
    const [dx, dy] = [(random() - 0.5) * 44, (random() - 0.5) * 26]
    return line(
      `M${x} ${y}q${dx * 0.4} ${dy - 8} ${dx} ${dy}`,
      ['#b01f1d', '#cf3a22', '#8e1418', '#e0602c'][Math.floor(random() * 4)] ?? '#b01f1d',
      2.8,
    )
  }
  const inner = lathe(glass, -0.9, 0.9)
  return [
    path(
      lathe(glass),
      pen.across([
        [0, '#d8e4e2', 0.9],
        [0.2, '#ffffff', 0.9],
        [0.7, '#e6eeea', 0.7],
        [1, '#b6c8c6', 0.9],
      ]),
    ),
    pen.within(inner, box(-80, -92, 160, 100, 0, '#8e1418') + repeat(130, () => thread(130, 92))),
    path(lathe(glass, -0.8, -0.62), '#fff', 'opacity=".55"'),
    turned(
      [
        [38, -130, 'corner'],
        [42, -168],
        [40, -172, 'corner'],
      ],
      pen.soft('#c79a68'),
      0.2,
      0.14,
    ),
    oval(0, -171, 41, 8, '#dcb685'),
    repeat(9, (index) => oval(-28 + ((index * 29) % 58), -166 + ((index * 13) % 30), 2.2, 1.5, '#8f6436')),
    line('M-46 -124q46 10 92 0', '#c9983f', 4),
    put(
      oval(0, 0, 19, 24, '#fbf3e4') +
        oval(0, 0, 15, 20, 'none', 'stroke="#c9983f" stroke-width="1.5"') +
        put(crocus(), { k: 0.62, y: 8 }),
      { x: 30, y: -96, turn: -8 },
    ),
    put(
      repeat(26, () => thread(72, 10)),
      { x: 84, y: 6 },
    ),
  ].join('')
}

const crocus = (): string =>
  [-38, 38, 0]
    .map((turn) =>
      put(path('M0 8C-12 -6 -10 -22 0 -30C10 -22 12 -6 0 8z', turn === 0 ? '#a98bc9' : '#8667ad'), { turn }),
    )
    .join('') + line('M0 6V-12M0 4L-5 -10M0 4L5 -10', '#d9552b', 2)

export function teaTin(pen: Pen, colour: string): string {
  const tin: Point[] = [
    [72, 0, 'corner'],
    [74, -4],
    [74, -150],
    [72, -156, 'corner'],
  ]
  const lid: Point[] = [
    [76, -156, 'corner'],
    [76, -186],
    [66, -192, 'corner'],
  ]
  const waves = repeat(4, (row) =>
    line(
      `M-80 ${-34 - row * 9}q10 -9 20 0t20 0t20 0t20 0t20 0t20 0t20 0t20 0`,
      lighter(colour, 0.42),
      2,
      'opacity=".6"',
    ),
  )
  return [
    turned(tin, pen.round(colour), 0.14, 0.16),
    pen.within(lathe(tin), waves),
    oval(0, -104, 46, 40, '#fbf3e4'),
    oval(0, -104, 40, 34, 'none', `stroke="${colour}" stroke-width="2"`),
    put(karakGlass(pen, false), { y: -80, k: 0.42 }),
    turned(lid, pen.metal('gold'), 0.3, 0.12),
    oval(0, -192, 66, 6, '#f8df9e'),
  ].join('')
}

export function karakGlass(pen: Pen, steam = true): string {
  const glass: Point[] = [
    [26, 0, 'corner'],
    [30, -4],
    [28, -40],
    [38, -98, 'corner'],
  ]
  return (
    (steam ? put(smoke(pen, 84), { y: -100 }) : '') +
    glassVessel(pen, glass, '#c98a52', -84) +
    oval(0, -84, 33, 5.5, '#e6b98a') +
    oval(0, -98, 38, 6, 'none', 'stroke="#ffffff" stroke-width="2" opacity=".8"')
  )
}

export function syrupBottle(pen: Pen): string {
  const glass: Point[] = [
    [54, 0, 'corner'],
    [60, -8],
    [60, -110],
    [52, -142],
    [24, -184],
    [20, -216, 'corner'],
  ]
  const wide = curve([
    [-60, -110],
    [-52, -142],
    [-24, -184],
  ])
  return [
    glassVessel(pen, glass, '#3b190c', -200),
    line(wide, '#fff', 4, 'opacity=".25"'),
    label(pen, 60, -104, 78, '#6f7a3f'),
    put(palm('#6f7a3f'), { y: -48, k: 0.5 }),
    box(-22, -222, 44, 12, 3, pen.metal('gold')),
    turned(
      [
        [24, -222, 'corner'],
        [24, -250],
        [12, -262],
        [7, -280, 'corner'],
      ],
      pen.soft('#e8d9b8'),
      0.3,
      0.12,
    ),
  ].join('')
}

export function spoonOfSyrup(pen: Pen): string {
  return (
    line('M30 -6L120 -44', pen.metal('silver'), 8) +
    oval(
      0,
      0,
      40,
      17,
      pen.slant([
        [0, '#ffffff'],
        [0.5, '#bcc5ca'],
        [1, '#68727a'],
      ]),
    ) +
    oval(-1, -2, 33, 12, '#3b190c') +
    oval(-10, -6, 14, 3, '#b3703a', 'opacity=".8"') +
    path('M-30 6C-34 20 -28 34 -30 48C-22 34 -22 20 -20 9z', '#3b190c')
  )
}
