import { darker, lighter, mix } from './colour.ts'
import { star } from './ornament.ts'
import { box, lathe, line, oval, path, put, repeat, turned } from './shapes.ts'
import type { Pen } from './pen.ts'
import type { Point } from './shapes.ts'

/** A ball with eight-pointed stars for panels. */
export function football(pen: Pen, colour: string): string {
  const radius = 112
  const ring = (count: number, reach: number, size: number, squash: number, from: number) =>
    repeat(count, (index) => {
      const angle = ((index / count) * 360 + from) * (Math.PI / 180)
      return `<g transform="translate(${Math.cos(angle) * reach} ${Math.sin(angle) * reach}) rotate(${(angle * 180) / Math.PI}) scale(${squash} 1)">${star(8, size, colour)}${star(8, size * 0.5, lighter(colour, 0.3))}</g>`
    })
  const seams = repeat(6, (index) =>
    put(line('M0 -34C-10 -60 -10 -90 0 -116M0 -66C24 -70 44 -62 60 -56', darker('#d8ccb6', 0.2), 2.4), {
      turn: index * 60 + 30,
    }),
  )
  const round = `M${-radius} 0a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0z`
  return put(
    path(round, '#f7f1e4') +
      pen.within(
        round,
        seams +
          put(star(8, 38, colour) + star(8, 20, lighter(colour, 0.3)), {}) +
          ring(6, 82, 31, 0.66, 0) +
          ring(6, 112, 26, 0.3, 30),
      ) +
      path(
        round,
        pen.glow([
          [0, '#ffffff', 0.1],
          [0.55, '#ffffff', 0],
          [0.8, '#1a0e0c', 0.12],
          [1, '#1a0e0c', 0.46],
        ]),
      ) +
      oval(-42, -50, 34, 24, '#fff', 'opacity=".5" transform="rotate(-38 -42 -50)"'),
    { y: -radius, turn: -12 },
  )
}

/** A mat rolled up and lying down, its end towards us. */
export function yogaMat(pen: Pen, colour: string): string {
  const inner = lighter(colour, 0.3)
  const spiral = repeat(
    5,
    (index) =>
      `<circle cx="${index % 2 ? 1 : -1}" cy="0" r="${58 - index * 11}" fill="none" stroke="${index % 2 ? darker(colour, 0.25) : inner}" stroke-width="6"/>`,
  )
  return [
    path(
      'M-96 -124L110 -164C150 -168 164 -120 158 -86C154 -60 136 -46 112 -44L-90 0z',
      pen.down([
        [0, lighter(colour, 0.24)],
        [0.35, colour],
        [1, darker(colour, 0.42)],
      ]),
    ),
    path(
      'M-70 0L150 -48L206 -30Q210 -22 200 -18L-20 14Q-60 18 -92 4z',
      pen.across([
        [0, darker(colour, 0.2)],
        [1, inner],
      ]),
    ),
    path('M-20 14L200 -18L203 -12L-20 20Q-50 22 -70 14z', darker(colour, 0.4)),
    line('M-80 -112L116 -150', '#fff', 6, 'opacity=".25"'),
    oval(-94, -62, 62, 62, darker(colour, 0.35)),
    put(spiral + oval(0, 0, 10, 10, darker(colour, 0.6)), { x: -94, y: -62 }),
    line('M-22 -138C2 -132 10 -40 -14 -14M66 -156C92 -150 100 -62 78 -34', '#8a5a36', 13),
    line('M-22 -138C2 -132 10 -40 -14 -14M66 -156C92 -150 100 -62 78 -34', '#d9ab74', 2, 'stroke-dasharray="6 5"'),
    line('M-18 -140C0 -216 60 -226 70 -158', '#8a5a36', 11),
    line('M-18 -140C0 -214 58 -222 70 -158', '#c79a68', 3),
  ].join('')
}

function dumbbell(pen: Pen, colour: string): string {
  const head = (x: number, front: boolean) => {
    const d = 'M-30 -62L30 -62L58 0L30 62L-30 62L-58 0z'
    return put(
      path(d, darker(colour, 0.5)) +
        put(
          path(
            d,
            front
              ? pen.slant([
                  [0, lighter(colour, 0.34)],
                  [0.5, colour],
                  [1, darker(colour, 0.4)],
                ])
              : darker(colour, 0.3),
          ),
          { x: front ? -12 : 0 },
        ) +
        (front
          ? put(
              path(
                'M-20 -44L20 -44L40 0L20 44L-20 44L-40 0z',
                'none',
                `stroke="${lighter(colour, 0.4)}" stroke-width="2" opacity=".6"`,
              ) + put(star(8, 20, lighter(colour, 0.5)), {}),
              { x: -12 },
            )
          : ''),
      { x, y: -62 },
    )
  }
  return [
    head(96, false),
    path(
      'M30 -80L80 -80V-44L30 -44z',
      pen.down([
        [0, '#e8eef0'],
        [0.4, '#98a4ab'],
        [1, '#4d565d'],
      ]),
    ),
    box(
      -60,
      -80,
      130,
      36,
      10,
      pen.down([
        [0, '#e8eef0'],
        [0.4, '#98a4ab'],
        [1, '#4d565d'],
      ]),
    ),
    repeat(12, (index) => line(`M${-20 + index * 7} -78V-46`, '#3a3f47', 1.6, 'opacity=".5"')),
    head(-70, true),
  ].join('')
}

export function dumbbells(pen: Pen): string {
  return put(dumbbell(pen, '#5b4a66'), { x: 40, y: -66, k: 0.86 }) + put(dumbbell(pen, '#3f6f73'), { x: -10, y: 6 })
}

export function padelRacket(pen: Pen, colour: string): string {
  const face =
    'M0 -348C66 -348 104 -300 104 -244C104 -186 66 -148 26 -132L18 -106H-18L-26 -132C-66 -148 -104 -186 -104 -244C-104 -300 -66 -348 0 -348z'
  const holes = repeat(37, (index) => {
    const rows = [5, 6, 7, 7, 6, 4, 2]
    let row = 0
    let at = index
    while (at >= (rows[row] ?? 99)) at -= rows[row++] ?? 99
    const count = rows[row] ?? 1
    return (
      oval((at - (count - 1) / 2) * 24, -312 + row * 24, 5.6, 5.6, darker(colour, 0.66)) +
      `<path d="M${(at - (count - 1) / 2) * 24 - 4} ${-309 + row * 24}a5 5 0 0 0 8 0" stroke="#fff" stroke-width="1.4" fill="none" opacity=".5"/>`
    )
  })
  return [
    path(face, darker(colour, 0.45)),
    put(
      path(
        face,
        pen.slant([
          [0, lighter(colour, 0.32)],
          [0.5, colour],
          [1, darker(colour, 0.3)],
        ]),
      ),
      { y: -12, k: 0.945 },
    ),
    pen.within(
      'M0 -338C60 -338 96 -294 96 -244C96 -190 60 -154 20 -138H-20C-60 -154 -96 -190 -96 -244C-96 -294 -60 -338 0 -338z',
      line('M-110 -180Q0 -120 110 -220', lighter(colour, 0.55), 12, 'opacity=".55"') +
        line('M-110 -156Q0 -96 110 -196', '#e79a2d', 6),
    ),
    holes,
    line('M-84 -288C-72 -318 -40 -336 -8 -338', '#fff', 6, 'opacity=".4"'),
    path('M-18 -130L-4 -106H4L18 -130Q0 -120 -18 -130z', darker(colour, 0.7)),
    box(-17, -112, 34, 112, 10, pen.soft('#2c2f36')),
    repeat(8, (index) => line(`M-16 ${-14 - index * 13}L16 ${-22 - index * 13}`, '#6a7080', 3, 'opacity=".7"')),
    box(-20, -8, 40, 14, 6, '#15161c'),
    line('M6 4C20 30 60 24 58 2', '#2c2f36', 4),
  ].join('')
}

export const tennisBall = (pen: Pen): string =>
  `<circle cy="-34" r="34" fill="${pen.glow([
    [0, '#f0f59a'],
    [0.6, '#d3df4c'],
    [1, '#98a52a'],
  ])}"/>` + line('M-30 -48C-8 -44 -6 -20 -22 -6M30 -48C10 -46 6 -22 22 -6', '#fbfbe8', 4)

export function steelBottle(pen: Pen, colour: string): string {
  const body: Point[] = [
    [50, 0, 'corner'],
    [56, -6],
    [56, -168],
    [48, -194],
    [34, -208, 'corner'],
  ]
  return [
    line('M-26 -232C-34 -284 34 -284 26 -232', darker(colour, 0.4), 13),
    line('M-26 -232C-34 -280 34 -280 26 -232', lighter(colour, 0.1), 6),
    turned(body, pen.soft(colour), 0.26, 0.16),
    pen.within(
      lathe(body),
      path('M-60 -30q15 -12 30 0t30 0t30 0t30 0V20H-60z', lighter(colour, 0.4), 'opacity=".5"') +
        path('M-60 -16q15 -12 30 0t30 0t30 0t30 0V20H-60z', darker(colour, 0.24), 'opacity=".6"'),
    ),
    box(-57, -4, 114, 6, 3, pen.metal('steel')),
    put(
      path(
        'M-2 -26C-13 -18 -19 -9 -20 0h18zM1 -19c6 5 9 12 10 19H1zM-24 4h40c-3 6 -8 9 -14 9h-13c-6 0 -11 -3 -13 -9z',
        '#fffaf0',
      ),
      { x: 2, y: -102, k: 1.5 },
    ),
    box(-36, -214, 72, 10, 3, pen.metal('steel')),
    turned(
      [
        [38, -212, 'corner'],
        [38, -240],
        [30, -246, 'corner'],
      ],
      pen.soft(darker(colour, 0.2)),
      0.26,
      0.14,
    ),
  ].join('')
}

export function trainer(pen: Pen, colour: string): string {
  const upper =
    'M-136 -44C-140 -84 -132 -120 -116 -142C-100 -152 -78 -150 -62 -136C-40 -146 -24 -158 -4 -160C14 -150 22 -136 34 -120C58 -96 96 -90 126 -74C146 -62 150 -50 146 -38L-134 -30z'
  const sole =
    'M-142 -44C-150 -26 -148 -6 -132 0H132C156 0 164 -22 154 -44C120 -34 60 -32 0 -34C-60 -36 -110 -38 -142 -44z'
  const knit = pen.tile(
    9,
    `<path d="M0 4.5h9" stroke="${darker(colour, 0.35)}" stroke-width="1.3" opacity=".5"/><circle cx="4.5" cy="1.5" r="1" fill="${lighter(colour, 0.5)}"/>`,
  )
  const laces = repeat(5, (index) =>
    line(`M${-8 + index * 15} ${-148 + index * 13}L${18 + index * 16} ${-158 + index * 15}`, '#fffaf0', 6),
  )
  return [
    path(
      upper,
      pen.slant([
        [0, lighter(colour, 0.35)],
        [0.5, colour],
        [1, darker(colour, 0.3)],
      ]),
    ),
    pen.within(
      upper,
      path(upper, knit) +
        path('M-140 -60C-90 -70 -60 -100 -46 -150L-70 -160H-150z', darker(colour, 0.3), 'opacity=".55"') +
        path('M70 -110C90 -70 84 -40 76 -20H160V-120z', lighter(colour, 0.3), 'opacity=".5"') +
        line('M-84 -40C-40 -44 0 -66 20 -110M-54 -36C-10 -40 30 -56 54 -98', '#e79a2d', 9),
    ),
    path(
      'M-116 -142C-100 -152 -78 -150 -62 -136C-40 -146 -24 -158 -4 -160C-12 -140 -30 -128 -60 -122C-86 -120 -104 -128 -116 -142z',
      darker(colour, 0.55),
    ),
    laces,
    path('M-4 -160C2 -172 -2 -184 -14 -186C-22 -176 -24 -164 -22 -154z', lighter(colour, 0.2)),
    box(-142, -128, 16, 46, 7, '#f3f0e6'),
    path(
      sole,
      pen.down([
        [0, '#ffffff'],
        [0.6, '#eee6d6'],
        [1, '#cabfa8'],
      ]),
    ),
    path('M-140 -14Q0 -2 150 -16L144 -2Q0 4 -132 0z', mix(colour, '#e79a2d', 0.5)),
    line('M-120 -26Q-60 -20 0 -24T140 -30', '#cabfa8', 2.4, 'stroke-dasharray="12 6"'),
    line('M-126 -66C-128 -96 -122 -118 -112 -132', '#fff', 5, 'opacity=".35"'),
  ].join('')
}
