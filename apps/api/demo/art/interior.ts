import { darker, lighter, mix } from './colour.ts'
import { star } from './ornament.ts'
import { box, lathe, line, oval, path, put, repeat, seeded, turned } from './shapes.ts'
import { finjan } from './table.ts'
import type { Pen } from './pen.ts'
import type { Point } from './shapes.ts'

export function brassTray(pen: Pen, half: number): string {
  return (
    oval(0, 2, half, half * 0.2, '#70480f') +
    oval(0, -4, half, half * 0.2, pen.metal('brass')) +
    oval(
      0,
      -6,
      half * 0.9,
      half * 0.17,
      pen.across([
        [0, '#9a6a22'],
        [0.4, '#f6d68a'],
        [1, '#a8741f'],
      ]),
    ) +
    oval(
      0,
      -6,
      half * 0.72,
      half * 0.13,
      'none',
      'stroke="#8a5d1c" stroke-width="2" stroke-dasharray="3 5" opacity=".7"',
    )
  )
}

export function cupsOnTray(pen: Pen, colour: string): string {
  const back = [-86, 0, 86].map((x) => put(finjan(pen, colour, false), { x, y: -30, k: 1.16 }))
  const front = [-48, 48].map((x) => put(finjan(pen, colour), { x, y: 4, k: 1.3 }))
  const stack = put(put(finjan(pen, colour, false), { y: -24, k: 1.16 }), { x: 0, y: -74 })
  return brassTray(pen, 168) + back.join('') + stack + front.join('')
}

export function lantern(pen: Pen, lit = 1): string {
  const glow = pen.glow([
    [0, '#ffdf94', 0.95 * lit],
    [0.5, '#ffcf70', 0.35 * lit],
    [1, '#ffdf94', 0],
  ])
  const brass = pen.metal('brass')
  const amber = pen.glow([
    [0, '#fff6d0'],
    [0.35, '#ffd978'],
    [1, '#d98a26'],
  ])
  const dark = '#6b4a1a'
  const body = 'M-54 -204H54L82 -138L58 -34H-58L-82 -138z'
  const panel = (x: number, k: number) =>
    put(
      put(star(8, 24, dark), { y: -154 }) +
        put(star(8, 11, '#ffe9a8'), { y: -154 }) +
        path('M0 -124L14 -96L0 -68L-14 -96z', dark) +
        path('M0 -112L7 -96L0 -80L-7 -96z', '#ffe9a8') +
        put(star(4, 11, dark), { y: -52 }),
      { x, k },
    )
  return [
    oval(0, -128, 190, 190, glow),
    line('M0 -268V-292', dark, 5),
    `<circle cx="0" cy="-304" r="13" fill="none" stroke="${dark}" stroke-width="6"/>`,
    turned(
      [
        [62, -206, 'corner'],
        [56, -226],
        [26, -250],
        [10, -268],
        [6, -276, 'corner'],
      ],
      brass,
      0.3,
      0.14,
    ),
    path(body, amber),
    path('M-54 -204H-20L-30 -138L-22 -34H-58L-82 -138z', '#b06a16', 'opacity=".22"'),
    path('M54 -204H20L30 -138L22 -34H58L82 -138z', '#7a430c', 'opacity=".3"'),
    panel(0, 1),
    `<g transform="translate(-54 0) scale(.62 1)">${panel(0, 1)}</g>`,
    `<g transform="translate(54 0) scale(.62 1)">${panel(0, 1)}</g>`,
    line(
      'M-54 -204L-82 -138L-58 -34M54 -204L82 -138L58 -34M-20 -204L-30 -138L-22 -34M20 -204L30 -138L22 -34M-82 -138H82',
      dark,
      5,
    ),
    line('M-54 -202L-80 -138L-57 -38', '#f2cf7d', 1.6),
    box(-66, -214, 132, 14, 4, brass),
    path('M-62 -36H62L50 -14H-50z', brass),
    box(-38, -16, 76, 16, 5, brass),
    line('M-56 -30H56', '#70480f', 2, 'opacity=".6"'),
  ].join('')
}

/** Patches of light a pierced lantern throws on the wall round it. */
export function starlight(spread: number): string {
  const random = seeded(21)
  return repeat(34, () => {
    const angle = random() * Math.PI * 2
    const reach = spread * (0.5 + random() * 0.6)
    return put(star(8, 6 + random() * 9, '#ffdf94'), {
      x: Math.cos(angle) * reach,
      y: -128 + Math.sin(angle) * reach * 0.95,
      turn: random() * 40,
    })
  })
}

/** The bands of a Sadu weave, in a square from −100 to 100. */
export function saduWeave(colour: string): string {
  const [dark, pale, white] = [darker(colour, 0.72), lighter(colour, 0.45), '#f4ead6']
  const zigzag = (y: number, height: number, fill: string) =>
    path(
      `M-100 ${y + height}${repeat(20, (index) => `L${-95 + index * 10} ${index % 2 ? y + height : y}`)}L100 ${y + height}z`,
      fill,
    )
  const diamonds = (y: number, fill: string, core: string) =>
    repeat(8, (index) =>
      put(path('M0 -13L12.5 0L0 13L-12.5 0z', fill) + path('M0 -6L6 0L0 6L-6 0z', core), { x: -87.5 + index * 25, y }),
    )
  const dashes = (y: number) => line(`M-98 ${y}H100`, white, 4, 'stroke-dasharray="6 6" style="stroke-linecap:butt"')
  return [
    box(-100, -100, 200, 200, 0, colour),
    box(-100, -100, 200, 16, 0, dark),
    dashes(-92),
    zigzag(-84, 12, white),
    box(-100, -72, 200, 8, 0, dark),
    box(-100, -60, 200, 34, 0, white),
    diamonds(-43, dark, colour),
    box(-100, -24, 200, 8, 0, pale),
    box(-100, -14, 200, 28, 0, dark),
    diamonds(0, colour, white),
    box(-100, 16, 200, 8, 0, pale),
    box(-100, 26, 200, 34, 0, white),
    diamonds(43, dark, colour),
    box(-100, 64, 200, 8, 0, dark),
    put(zigzag(-84, 12, white), { flip: true, turn: 180 }),
    box(-100, 84, 200, 16, 0, dark),
    dashes(92),
  ].join('')
}

export function cushion(pen: Pen, colour: string): string {
  const d =
    'M-118 -232C-70 -222 70 -222 118 -232C110 -180 110 -60 122 -4C70 -14 -70 -14 -122 -4C-110 -60 -110 -180 -118 -232z'
  const weave = put(`<g transform="scale(1.24 1.2)">${saduWeave(colour)}</g>`, { y: -118 })
  const light = path(
    d,
    pen.slant([
      [0, '#ffffff', 0.36],
      [0.4, '#ffffff', 0.04],
      [0.65, '#1a0e0c', 0.06],
      [1, '#1a0e0c', 0.48],
    ]),
  )
  const tuft = (x: number, y: number, turn: number) =>
    put(
      repeat(7, (index) => line(`M0 0L${-9 + index * 3} 26`, index % 2 ? darker(colour, 0.3) : '#f4ead6', 3)) +
        oval(0, 2, 5, 5, darker(colour, 0.5)),
      { x, y, turn },
    )
  return (
    tuft(-118, -230, 135) +
    tuft(118, -230, -135) +
    tuft(-120, -6, 45) +
    tuft(120, -6, -45) +
    pen.within(d, weave) +
    light
  )
}

export function ribbedVase(pen: Pen, colour: string): string {
  const body: Point[] = [
    [44, 0, 'corner'],
    [62, -20],
    [86, -84],
    [70, -150],
    [30, -184],
    [24, -204],
    [32, -220, 'corner'],
  ]
  const ribs = repeat(15, (index) => {
    const y = -14 - index * 11.5
    return line(
      `M-120 ${y}Q0 ${y + 15} 120 ${y}`,
      index % 2 ? darker(colour, 0.4) : lighter(colour, 0.4),
      3,
      'opacity=".3"',
    )
  })
  const twig = (d: string) => line(d, '#7a5a3a', 3.4)
  const buds = [
    [-72, -338],
    [-40, -356],
    [-54, -312],
    [36, -372],
    [60, -344],
    [30, -328],
    [92, -314],
    [-14, -300],
    [70, -304],
    [4, -386],
  ].map(([x = 0, y = 0]) => oval(x, y, 8, 9, '#efe2c6') + oval(x - 2, y - 3, 4, 4, '#fffaf0'))
  return [
    twig(
      'M-4 -214C-10 -260 -40 -290 -72 -336M-26 -280C-30 -310 -36 -330 -40 -352M4 -214C8 -280 24 -320 36 -368M16 -300C34 -320 50 -330 60 -342M8 -250C40 -280 70 -290 92 -312M18 -316C8 -340 6 -360 4 -382',
    ),
    buds.join(''),
    turned(body, pen.soft(colour), 0.16, 0.16),
    pen.within(lathe(body), ribs),
    oval(0, -219, 32, 7, darker(colour, 0.5)),
    oval(0, -219, 32, 7, 'none', `stroke="${lighter(colour, 0.4)}" stroke-width="3"`),
  ].join('')
}

export function candle(pen: Pen, colour: string): string {
  const cup: Point[] = [
    [58, 0, 'corner'],
    [66, -8],
    [74, -150, 'corner'],
  ]
  return [
    oval(
      0,
      -200,
      120,
      120,
      pen.glow([
        [0, '#ffe6a4', 0.85],
        [1, '#ffe6a4', 0],
      ]),
    ),
    turned(cup, pen.round(colour), 0.28, 0.16),
    repeat(9, (index) =>
      line(`M${-56 + index * 14} -6L${-64 + index * 16} -140`, lighter(colour, 0.5), 1.6, 'opacity=".35"'),
    ),
    path('M-70 -112Q0 -96 70 -112L74 -150H-74z', lighter(colour, 0.5), 'opacity=".35"'),
    oval(0, -150, 74, 15, lighter(colour, 0.3)),
    oval(0, -148, 68, 12, '#fdf3dc'),
    oval(0, -148, 40, 7, '#fff9d8'),
    line('M0 -148V-166', '#3a2a1c', 3.4),
    path('M0 -164C-16 -178 -10 -198 0 -222C10 -198 16 -178 0 -164z', '#f7a93b'),
    path('M0 -166C-8 -176 -5 -188 0 -202C5 -188 8 -176 0 -166z', '#fff3c0'),
    box(-36, -92, 72, 56, 5, '#fdf8ec'),
    put(star(8, 12, colour), { y: -74 }),
    line('M-22 -54H22M-14 -46H14', '#a8823f', 2.2),
  ].join('')
}

export function palmBasket(pen: Pen): string {
  const body: Point[] = [
    [82, 0, 'corner'],
    [90, -8],
    [112, -90],
    [106, -170, 'corner'],
  ]
  const rows = repeat(9, (row) => {
    const y = -10 - row * 19
    const tone = row === 2 || row === 6 ? '#8e2f57' : row === 4 ? '#2f7d84' : ''
    const braid = repeat(22, (index) =>
      put(path('M0 0L11 -9L16 0L5 9z', index % 2 ? darker('#d9b97a', 0.2) : '#ecd29a'), {
        x: -132 + index * 12.4,
        y: y + (1 - ((index - 10.5) / 11) ** 2) * 12,
      }),
    )
    const band = tone
      ? line(`M-130 ${y}Q0 ${y + 26} 130 ${y}`, tone, 9, 'stroke-dasharray="9 6" style="stroke-linecap:butt"')
      : ''
    return line(`M-130 ${y + 9}Q0 ${y + 35} 130 ${y + 9}`, '#8a6a34', 2, 'opacity=".6"') + braid + band
  })
  const handle = (x: number) =>
    line(`M${x - 24} -150C${x - 24} -214 ${x + 24} -214 ${x + 24} -150`, '#7a4a2c', 11) +
    line(`M${x - 22} -158C${x - 20} -204 ${x + 18} -208 ${x + 20} -170`, '#b9824e', 3)
  return [
    line('M-30 -176C-30 -236 30 -236 30 -176', '#5d3620', 10),
    oval(0, -170, 106, 24, '#7d5f2e'),
    oval(0, -166, 96, 17, '#4e3a1a'),
    path(
      'M-70 -170C-60 -214 -20 -200 -6 -188C10 -214 54 -216 70 -172Q0 -150 -70 -170z',
      pen.soft(mix('#f4ead6', '#d9b25f', 0.1)),
    ),
    turned(body, '#d9b97a', 0, 0),
    pen.within(
      lathe(body),
      rows +
        path(
          lathe(body),
          pen.across([
            [0, '#1a0e0c', 0.3],
            [0.28, '#ffffff', 0.22],
            [0.6, '#1a0e0c', 0],
            [1, '#1a0e0c', 0.42],
          ]),
        ),
    ),
    line('M-106 -170Q0 -140 106 -170', '#f2dca6', 7),
    handle(0),
    oval(-24, -144, 5, 5, '#d9b25f') + oval(24, -144, 5, 5, '#d9b25f'),
  ].join('')
}
