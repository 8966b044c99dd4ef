import { darker, lighter } from './colour.ts'
import { leafSprig, rose, star } from './ornament.ts'
import { glassVessel, label } from './perfume.ts'
import { box, lathe, line, oval, path, put, repeat, turned } from './shapes.ts'
import type { Metal } from './colour.ts'
import type { Pen } from './pen.ts'
import type { Point } from './shapes.ts'

export function dropperBottle(pen: Pen): string {
  const glass: Point[] = [
    [56, 0, 'corner'],
    [62, -8],
    [62, -122],
    [50, -150],
    [24, -164],
    [22, -178, 'corner'],
  ]
  const bulb: Point[] = [
    [17, -216, 'corner'],
    [21, -244],
    [16, -270],
    [6, -278, 'corner'],
  ]
  return [
    glassVessel(pen, glass, '#8a4513', -138),
    label(pen, 62, -116, 80, '#5f7d54'),
    put(leafSprig('#5f7d54'), { y: -74, k: 0.5 }),
    box(-27, -216, 54, 42, 5, pen.metal('gold')),
    repeat(9, (index) => line(`M${-22 + index * 5.5} -212V-178`, '#7b561f', 1.6, 'opacity=".4"')),
    turned(bulb, pen.soft('#3a3230'), 0.34, 0.1),
  ].join('')
}

/** A pipette lying with one drop at its tip. */
export function pipette(pen: Pen): string {
  return (
    line('M0 0L58 -84', '#e9eef0', 9) +
    line('M4 -6L40 -58', '#b8702a', 5) +
    put(
      box(-12, -50, 24, 44, 5, pen.metal('gold')) +
        turned(
          [
            [9, -50, 'corner'],
            [12, -70],
            [8, -90],
            [3, -94, 'corner'],
          ],
          pen.soft('#3a3230'),
          0.3,
          0.1,
        ),
      { x: 60, y: -86, turn: 35 },
    ) +
    path('M-6 6C-14 18 -12 28 -4 29C4 28 4 16 -2 6z', '#c98232')
  )
}

export function mistBottle(pen: Pen): string {
  const glass: Point[] = [
    [50, 0, 'corner'],
    [56, -8],
    [56, -150],
    [44, -174],
    [24, -184],
    [22, -192, 'corner'],
  ]
  return [
    glassVessel(pen, glass, '#eec3c0', -142),
    path(lathe(glass), '#fff', 'opacity=".2"'),
    put(rose(pen, '#d9798a'), { y: -96, k: 0.5 }),
    line('M-26 -56H26M-18 -46H18', '#a8823f', 2.4),
    box(-25, -204, 50, 16, 3, pen.metal('rose-gold')),
    path('M-20 -204V-232Q-20 -244 -6 -244H34Q44 -244 44 -234V-226H22V-204z', pen.soft('#fbf3e8')),
    box(36, -240, 8, 12, 2, '#98594a'),
    pen.blur(
      3,
      repeat(14, (index) =>
        oval(
          62 + (index % 5) * 17 + Math.floor(index / 5) * 6,
          -234 + ((index * 23) % 48) - 24 * ((index % 5) / 5),
          3.4,
          3.4,
          '#fff',
          'opacity=".85"',
        ),
      ),
    ),
  ].join('')
}

export function clayJar(pen: Pen): string {
  const jar: Point[] = [
    [84, 0, 'corner'],
    [94, -8],
    [96, -40],
    [94, -92],
    [90, -100, 'corner'],
  ]
  const swirl =
    oval(0, -100, 84, 20, '#a8805e') +
    path(
      'M-70 -102C-50 -124 -20 -118 0 -110C24 -100 50 -116 70 -102C60 -90 20 -84 -20 -88C-46 -90 -64 -94 -70 -102z',
      '#c49c78',
    ) +
    path('M-44 -106C-28 -126 14 -140 24 -128C30 -118 8 -112 -6 -104C-20 -98 -40 -98 -44 -106z', '#d8b592') +
    line('M-30 -108C-14 -122 6 -130 18 -128', '#f0d8bc', 4, 'opacity=".8"')
  return [
    put(
      oval(0, 8, 98, 26, '#6d4a32') +
        oval(0, 0, 98, 26, pen.soft('#8a6244')) +
        oval(0, -3, 84, 20, 'none', 'stroke="#d9b25f" stroke-width="2"') +
        put(star(8, 14, '#d9b25f'), { y: -3 }),
      { x: 76, y: -8, k: 0.86 },
    ),
    put(line('M0 0L96 -96', '#b98450', 15) + line('M0 -4L92 -96', '#edc999', 5) + oval(-4, 2, 17, 13, '#c49c78'), {
      x: -8,
      y: -112,
    }),
    turned(jar, pen.soft('#efe2cc'), 0.5, 0.14),
    oval(0, -100, 90, 23, '#fffaf0'),
    swirl,
    label(pen, 60, -74, 50, '#8a6244'),
  ].join('')
}

export function lipstick(pen: Pen, colour: string): string {
  const flutes = repeat(8, (index) => line(`M${-33 + index * 9.4} -4V-92`, '#7b561f', 2, 'opacity=".4"'))
  const bullet = 'M-25 -136V-206C-25 -232 -4 -252 24 -256C26 -236 25 -190 25 -136z'
  const cap: Point[] = [
    [38, 0, 'corner'],
    [38, -118],
    [34, -126, 'corner'],
  ]
  return [
    turned(
      [
        [40, 0, 'corner'],
        [42, -4],
        [42, -96, 'corner'],
      ],
      pen.metal('brass'),
      0.3,
      0.12,
    ),
    flutes,
    box(-34, -106, 68, 12, 3, pen.metal('gold')),
    box(-30, -138, 60, 34, 3, pen.metal('gold')),
    path(bullet, pen.round(colour)),
    path('M-22 -206C-20 -230 0 -246 22 -250C6 -240 -8 -224 -10 -196L-22 -188z', lighter(colour, 0.4), 'opacity=".8"'),
    line('M-16 -140V-190', '#fff', 5, 'opacity=".4"'),
    put(
      turned(cap, pen.metal('brass'), 0.3, 0.12) +
        repeat(7, (index) => line(`M${-28 + index * 9.4} -4V-118`, '#7b561f', 2, 'opacity=".4"')) +
        put(star(8, 13, '#f8e6b4'), { y: -58 }),
      { x: 96, y: 8, k: 0.92 },
    ),
  ].join('')
}

/** Colour tried out: a few strokes side by side, with the streaks of the stick in them. */
export function smear(pen: Pen, colour: string): string {
  const strokes = [
    [-118, 104, 0],
    [-104, 122, 1],
    [-124, 96, 2],
    [-98, 116, 3],
    [-112, 88, 4],
  ] as const
  const paint = (tone: string) =>
    pen.across([
      [0, tone],
      [0.7, tone],
      [1, lighter(tone, 0.25), 0.75],
    ])
  const body = strokes.map(([from, to, row]) =>
    path(
      `M${from} ${-34 + row * 16}H${to}q7 8 -3 17H${from - 3}q-5 -8 3 -17z`,
      paint(row % 2 ? colour : lighter(colour, 0.09)),
    ),
  )
  const streaks = repeat(7, (index) =>
    line(
      `M${-92 + (index % 3) * 26} ${-28 + index * 11}h${96 + ((index * 37) % 60)}`,
      index % 2 ? darker(colour, 0.3) : lighter(colour, 0.5),
      1.6,
      'opacity=".35"',
    ),
  )
  return body.join('') + streaks
}

export function kohlPot(pen: Pen, metal: Metal): string {
  const deep = metal === 'silver' ? '#59636b' : '#70480f'
  const pot: Point[] = [
    [40, 0, 'corner'],
    [46, -8],
    [30, -26],
    [22, -40],
    [56, -74],
    [68, -112],
    [50, -150],
    [22, -168],
    [20, -186, 'corner'],
  ]
  const engraving = repeat(9, (index) =>
    put(path('M0 -12C8 -4 8 6 0 12C-8 6 -8 -4 0 -12z', deep), {
      x: -56 + index * 14,
      y: -112,
      k: 0.9 - Math.abs(index - 4) * 0.09,
    }),
  )
  const wand = put(
    box(-3.5, -128, 7, 128, 3, pen.metal(metal)) +
      oval(0, -2, 5, 16, '#16181f') +
      turned(
        [
          [9, -128, 'corner'],
          [14, -148],
          [5, -166],
          [9, -180],
          [3, -192, 'corner'],
        ],
        pen.metal(metal),
        0.3,
        0.1,
      ),
    { x: 122, y: -4, turn: 20 },
  )
  return [
    turned(pot, pen.metal(metal), 0.26, 0.14),
    pen.within(
      lathe(pot),
      engraving + line('M-80 -132Q0 -122 80 -132M-80 -92Q0 -82 80 -92M-60 -58Q0 -50 60 -58', deep, 2.2, 'opacity=".7"'),
    ),
    box(-26, -194, 52, 12, 4, pen.metal(metal)),
    turned(
      [
        [24, -194, 'corner'],
        [30, -214],
        [16, -236],
        [6, -250],
        [10, -262],
        [3, -276, 'corner'],
      ],
      pen.metal(metal),
      0.3,
      0.12,
    ),
    wand,
  ].join('')
}

function soapBar(pen: Pen, colour: string): string {
  return (
    path('M-86 -58L-66 -84H92L78 -58z', lighter(colour, 0.36)) +
    path('M78 -58L92 -84V-30L78 0z', darker(colour, 0.3)) +
    box(-88, -60, 168, 60, 9, pen.soft(colour)) +
    box(-40, -48, 72, 36, 6, 'none', `stroke="${darker(colour, 0.34)}" stroke-width="2.4"`) +
    put(star(8, 12, darker(colour, 0.34)), { x: -4, y: -30 }) +
    line('M-80 -52H70', '#fff', 3, 'opacity=".4"')
  )
}

export function soapStack(pen: Pen): string {
  return [
    put(soapBar(pen, '#b9a05a'), { x: 2, y: 0 }),
    put(soapBar(pen, '#d99c93'), { x: -8, y: -66, turn: -1.5 }),
    put(soapBar(pen, '#8a6a4a'), { x: 6, y: -132, turn: 2 }),
    line('M-2 6V-212M-92 -96H96', '#efe2c6', 5),
    line('M-2 6V-212', '#b39a6a', 1.6, 'stroke-dasharray="3 4"'),
    line(
      'M-4 -216C-40 -250 -64 -232 -46 -216C-34 -208 -14 -212 -4 -216C26 -252 58 -236 44 -218C34 -208 12 -212 -4 -216L-26 -188M-4 -216L22 -190',
      '#efe2c6',
      5,
    ),
    put(leafSprig('#6f8f4a'), { x: 50, y: -232, k: 0.62, turn: 50 }),
  ].join('')
}
