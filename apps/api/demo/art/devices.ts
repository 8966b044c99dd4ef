import { darker, lighter, mix } from './colour.ts'
import { star } from './ornament.ts'
import { box, faded, lathe, line, oval, path, put, repeat, smoke, turned } from './shapes.ts'
import type { Pen } from './pen.ts'
import type { Point } from './shapes.ts'

export function headphones(pen: Pen, colour: string): string {
  const band = 'M-104 -116V-150C-104 -226 -60 -276 0 -276S104 -226 104 -150V-116'
  const cup = (side: number) => {
    const outer = pen.across(
      side < 0
        ? [
            [0, darker(colour, 0.2)],
            [0.4, lighter(colour, 0.34)],
            [1, darker(colour, 0.2)],
          ]
        : [
            [0, colour],
            [0.5, darker(colour, 0.16)],
            [1, darker(colour, 0.45)],
          ],
    )
    return put(
      [
        box(
          -4,
          -136,
          34,
          128,
          17,
          pen.across([
            [0, darker(colour, 0.62)],
            [1, darker(colour, 0.42)],
          ]),
        ),
        repeat(7, (index) => line(`M4 ${-122 + index * 17}h18`, lighter(colour, 0.2), 1.4, 'opacity=".4"')),
        path('M-4 -144C-44 -144 -60 -116 -60 -72S-44 0 -4 0C6 -20 8 -50 8 -72S6 -124 -4 -144z', outer),
        path('M-34 -132C-54 -112 -58 -60 -44 -20C-50 -60 -46 -104 -24 -134z', '#fff', 'opacity=".3"'),
        put(star(8, 13, lighter(colour, 0.55)), { x: -26, y: -72 }),
        oval(-26, -72, 20, 30, 'none', `stroke="${lighter(colour, 0.5)}" stroke-width="1.6" opacity=".7"`),
      ].join(''),
      { x: side * 76, flip: side > 0 },
    )
  }
  return [
    line(band, darker(colour, 0.5), 26),
    line(
      band,
      pen.across([
        [0, darker(colour, 0.1)],
        [0.3, lighter(colour, 0.35)],
        [1, darker(colour, 0.4)],
      ]),
      21,
    ),
    line('M-60 -254C-42 -268 -22 -274 0 -274S42 -268 60 -254', darker(colour, 0.4), 14),
    line('M-98 -160C-94 -216 -64 -258 -20 -266', '#fff', 4, 'opacity=".35"'),
    box(-114, -166, 20, 40, 5, pen.metal('steel')),
    box(94, -166, 20, 40, 5, pen.metal('steel')),
    cup(-1),
    cup(1),
  ].join('')
}

export function hardCase(pen: Pen, colour: string): string {
  const d = 'M-70 0C-96 -10 -102 -60 -96 -120C-92 -160 -60 -184 0 -184S92 -160 96 -120C102 -60 96 -10 70 0Q0 10 -70 0z'
  return (
    path(d, pen.soft(colour)) +
    line('M-98 -86Q0 -76 98 -86', darker(colour, 0.5), 4) +
    line('M-98 -90Q0 -80 98 -90', lighter(colour, 0.3), 1.4) +
    box(60, -96, 24, 14, 5, pen.metal('steel')) +
    put(star(8, 20, lighter(colour, 0.25)), { y: -134 }) +
    path('M-84 -110C-82 -150 -50 -172 -10 -174C-50 -160 -70 -140 -72 -104z', '#fff', 'opacity=".18"')
  )
}

export function earbuds(pen: Pen, colour: string): string {
  const shell = pen.soft(colour)
  const bud = (flip: boolean, x: number, y: number) =>
    put(
      oval(10, -8, 15, 12, darker(colour, 0.5)) +
        path(
          'M-14 -22C6 -28 18 -14 14 2C12 12 2 14 -2 20L-6 62C-8 72 -20 72 -20 62L-24 0C-26 -12 -24 -20 -14 -22z',
          pen.round(lighter(colour, 0.1)),
        ) +
        path('M-18 -10C-16 -18 -8 -20 -2 -18C-10 -12 -14 0 -14 40C-18 30 -20 4 -18 -10z', '#fff', 'opacity=".55"') +
        oval(-12, 58, 5, 2.5, '#59636b'),
      { x, y, k: 1.16, flip },
    )
  return [
    path(
      'M-104 -110C-110 -190 -60 -226 0 -226S110 -190 104 -110z',
      pen.down([
        [0, lighter(colour, 0.2)],
        [1, darker(colour, 0.2)],
      ]),
    ),
    path('M-90 -114C-92 -176 -50 -206 0 -206S92 -176 90 -114z', darker(colour, 0.32)),
    put(star(8, 15, darker(colour, 0.5)), { y: -172 }),
    bud(false, -38, -126),
    bud(true, 38, -126),
    path('M-108 -106C-112 -40 -70 0 0 0S112 -40 108 -106Q0 -88 -108 -106z', shell),
    path('M-108 -106Q0 -88 108 -106L106 -98Q0 -78 -106 -98z', lighter(colour, 0.5), 'opacity=".8"'),
    path('M-92 -84C-90 -46 -60 -20 -30 -14C-62 -34 -74 -60 -74 -82z', '#fff', 'opacity=".35"'),
    oval(0, -42, 5, 5, '#6cc48a'),
  ].join('')
}

/** A frame drum of a loudspeaker, standing on its edge, turned a little to the left. */
export function drumSpeaker(pen: Pen, colour: string): string {
  const mesh = pen.tile(
    7,
    `<circle cx="2" cy="2" r="1.3" fill="${darker(colour, 0.5)}"/><circle cx="5.5" cy="5.5" r="1.3" fill="${darker(colour, 0.5)}"/>`,
  )
  return [
    oval(34, -118, 112, 118, darker(colour, 0.55)),
    path(
      'M0 -236H34A112 118 0 0 1 34 0H0z',
      pen.down([
        [0, lighter(colour, 0.1)],
        [0.5, darker(colour, 0.2)],
        [1, darker(colour, 0.5)],
      ]),
    ),
    line('M120 -196C176 -186 170 -110 136 -74', '#8a5a36', 9),
    line('M120 -196C172 -186 166 -112 136 -74', '#c79a68', 3, 'stroke-dasharray="5 5"'),
    oval(
      0,
      -118,
      114,
      118,
      pen.slant([
        [0, lighter(colour, 0.3)],
        [0.5, colour],
        [1, darker(colour, 0.35)],
      ]),
    ),
    oval(0, -118, 114, 118, 'none', `stroke="${lighter(colour, 0.4)}" stroke-width="3" opacity=".8"`),
    oval(0, -118, 100, 104, darker(colour, 0.28)),
    oval(0, -118, 99, 103, mesh),
    oval(
      0,
      -118,
      99,
      103,
      pen.glow([
        [0, '#ffffff', 0.2],
        [0.5, '#ffffff', 0.04],
        [0.8, '#1a0e0c', 0.1],
        [1, '#1a0e0c', 0.4],
      ]),
    ),
    oval(
      -6,
      -122,
      46,
      48,
      pen.slant([
        [0, lighter(colour, 0.35)],
        [1, darker(colour, 0.3)],
      ]),
    ),
    put(star(8, 30, darker(colour, 0.3)), { x: -6, y: -122 }),
    put(star(8, 16, lighter(colour, 0.5)), { x: -6, y: -122 }),
    line('M-88 -176A104 108 0 0 1 -20 -222', '#fff', 6, 'opacity=".35"'),
    box(-34, -6, 104, 12, 6, darker(colour, 0.6)),
  ].join('')
}

export function smartwatch(pen: Pen, strap: string): string {
  const ring = (radius: number, part: number, colour: string) => {
    const around = 2 * Math.PI * radius
    return `<circle r="${radius}" fill="none" stroke="#2a2f38" stroke-width="8"/><circle r="${radius}" fill="none" stroke="${colour}" stroke-width="8" stroke-linecap="round" stroke-dasharray="${around * part} ${around}" transform="rotate(-90)"/>`
  }
  const band = (d: string) => path(d, pen.soft(strap))
  return [
    pen.blur(6, put(box(-44, -196, 92, 392, 26, '#1c1208', 'opacity=".3"'), { x: 12, y: 10 })),
    band('M-50 -80C-46 -130 -42 -170 -38 -196Q0 -206 38 -196C42 -170 46 -130 50 -80z'),
    band('M-50 80C-46 130 -42 170 -38 196Q0 210 38 196C42 170 46 130 50 80z'),
    repeat(4, (index) => oval(0, 128 + index * 17, 4, 3.4, darker(strap, 0.6))),
    box(80, -24, 14, 44, 7, pen.metal('steel')),
    box(
      -84,
      -98,
      168,
      196,
      50,
      pen.slant([
        [0, '#e8eef0'],
        [0.4, '#7c868d'],
        [1, '#2e343a'],
      ]),
    ),
    box(-77, -91, 154, 182, 44, '#0d0f14'),
    put(ring(58, 0.78, '#e79a2d') + ring(46, 0.56, '#3fa6a0') + ring(34, 0.86, '#d9556b'), { y: -14 }),
    put(path('M8 -14A16 16 0 1 0 8 14A13 13 0 1 1 8 -14z', '#fdf0d0'), { y: -14, k: 0.9 }),
    `<text x="0" y="76" text-anchor="middle" font-family="DejaVu Sans" font-weight="bold" font-size="26" fill="#f3eee4">6:12</text>`,
    path('M-70 -60C-70 -80 -56 -88 -36 -88H20L-60 40z', '#fff', 'opacity=".09"'),
  ].join('')
}

export function powerBank(pen: Pen, colour: string): string {
  const cable = 'M-44 -236C-50 -300 70 -300 62 -226'
  return [
    line(cable, darker(colour, 0.4), 15),
    line(cable, lighter(colour, 0.2), 10),
    box(50, -240, 24, 34, 5, '#3a3f47'),
    box(55, -210, 14, 16, 3, pen.metal('steel')),
    box(
      -78,
      -236,
      156,
      236,
      30,
      pen.across([
        [0, lighter(colour, 0.2)],
        [0.4, colour],
        [1, darker(colour, 0.36)],
      ]),
    ),
    repeat(9, (index) => line(`M-70 ${-148 + index * 15}H70`, darker(colour, 0.35), 2, 'opacity=".35"')),
    path('M-66 -210C-66 -222 -58 -228 -48 -228H-30V-12H-46C-58 -12 -66 -18 -66 -30z', '#fff', 'opacity=".16"'),
    box(-44, -212, 88, 42, 12, '#12181d'),
    `<text x="-6" y="-183" text-anchor="middle" font-family="DejaVu Sans" font-weight="bold" font-size="25" fill="#8fe0c0">86</text>`,
    path('M26 -206L16 -188H24L20 -176L34 -194H26z', '#e79a2d'),
  ].join('')
}

export function electricBurner(pen: Pen, colour: string): string {
  const body: Point[] = [
    [54, 0, 'corner'],
    [58, -6],
    [50, -100],
    [52, -172, 'corner'],
  ]
  const lid: Point[] = [
    [54, -176, 'corner'],
    [52, -206],
    [34, -228],
    [10, -234, 'corner'],
  ]
  const holes = repeat(5, (index) =>
    put(path('M0 -13L7 0L0 13L-7 0z', '#2a1410'), {
      x: -36 + index * 18,
      y: -194 - (2 - Math.abs(index - 2)) * 2,
      k: 1 - Math.abs(index - 2) * 0.14,
    }),
  )
  return [
    put(smoke(pen, 110), { y: -230 }),
    turned(body, pen.soft(colour), 0.22, 0.14),
    pen.within(
      lathe(body),
      repeat(3, (index) =>
        put(star(8, 15, lighter(colour, 0.34)), { x: -34 + index * 34, y: -118, k: index === 1 ? 1.2 : 0.9 }),
      ) + line('M-60 -78Q0 -68 60 -78M-60 -150Q0 -142 60 -150', '#d9b25f', 2.6),
    ),
    box(-55, -180, 110, 9, 3, pen.metal('gold')),
    turned(lid, pen.soft(darker(colour, 0.05)), 0.26, 0.14),
    holes,
    oval(0, -236, 9, 8, pen.metal('gold')),
    oval(0, -36, 9, 9, darker(colour, 0.5)),
    oval(0, -36, 5, 5, '#e7683a'),
  ].join('')
}

export function projector(pen: Pen): string {
  const beam = pen.across([
    [0, '#fff4d0', 0],
    [0.4, '#fff4d0', 0.28],
    [1, '#fff8e4', 0.85],
  ])
  return [
    path('M-10 -86L-260 -280V60z', beam),
    box(
      -74,
      -150,
      220,
      138,
      26,
      pen.across([
        [0, '#dfe4e6'],
        [0.3, '#ffffff'],
        [1, '#9fa9af'],
      ]),
    ),
    box(
      52,
      -150,
      94,
      138,
      26,
      pen.across([
        [0, '#c9b38a'],
        [1, '#9a8058'],
      ]),
    ),
    box(
      52,
      -150,
      40,
      138,
      0,
      pen.across([
        [0, '#cfbb94'],
        [1, '#b89d70'],
      ]),
    ),
    repeat(6, (index) => line(`M${70 + index * 12} -124V-38`, '#7d6540', 3, 'opacity=".6"')),
    oval(-14, -82, 50, 52, pen.metal('steel')),
    oval(-18, -82, 44, 46, '#15181d'),
    oval(
      -20,
      -82,
      32,
      34,
      pen.glow([
        [0, '#fffdf0'],
        [0.4, '#ffdf94'],
        [0.75, '#7fb2cc'],
        [1, '#1c2a3a'],
      ]),
    ),
    oval(-30, -96, 9, 7, '#fff', 'opacity=".9"'),
    oval(34, -134, 4, 4, '#6cc48a'),
    box(-50, -14, 26, 14, 5, '#4a4f57'),
    box(100, -14, 26, 14, 5, '#4a4f57'),
    line('M-60 -142H40', '#fff', 4, 'opacity=".8"'),
    faded(0.6, line('M30 -150C30 -190 110 -190 112 -150', '#7d6540', 7)),
    oval(10, -30, 18, 4, mix('#9fa9af', '#ffffff', 0.3)),
  ].join('')
}
