import { darker, lighter } from './colour.ts'
import { rose, star } from './ornament.ts'
import { box, lathe, line, oval, path, put, repeat, seeded, smoke, turned } from './shapes.ts'
import type { Metal } from './colour.ts'
import type { Pen } from './pen.ts'
import type { Point } from './shapes.ts'

/** A glass vessel with what is in it: clear wall, liquid up to `level`, light along the left. */
export function glassVessel(pen: Pen, profile: readonly Point[], liquid: string, level: number): string {
  const outer = lathe(profile)
  const inner = lathe(profile, -0.9, 0.9)
  const fill = pen.across([
    [0, darker(liquid, 0.2)],
    [0.3, lighter(liquid, 0.35)],
    [0.7, liquid],
    [1, darker(liquid, 0.3)],
  ])
  const clear = pen.across([
    [0, lighter(liquid, 0.45), 0.75],
    [0.16, '#ffffff', 0.85],
    [0.5, lighter(liquid, 0.7), 0.5],
    [1, darker(liquid, 0.1), 0.7],
  ])
  const surface = oval(0, level, 200, 5, lighter(liquid, 0.55), 'opacity=".9"')
  const wet = pen.within(inner, box(-200, level, 400, 400, 0, fill) + surface)
  const light =
    path(lathe(profile, -0.78, -0.62), '#fff', 'opacity=".55"') +
    path(lathe(profile, 0.8, 0.86), '#fff', 'opacity=".3"')
  return path(outer, clear) + wet + pen.within(outer, light) + line(outer, darker(liquid, 0.25), 1.5, 'opacity=".35"')
}

/** A label with an ornament and the lines of its print, curved with the glass. */
export function label(pen: Pen, half: number, y: number, height: number, accent: string): string {
  const paper = pen.across([
    [0, '#d9c8a8'],
    [0.25, '#fffaf0'],
    [0.7, '#f6ead2'],
    [1, '#cdb992'],
  ])
  const sag = half * 0.06
  const shape = `M${-half} ${y}q${half} ${sag * 2} ${half * 2} 0v${height}q${-half} ${sag * 2} ${-half * 2} 0z`
  const middle = y + height / 2 + sag
  const rows = [
    [0.06, 0.6],
    [0.22, 0.42],
    [0.36, 0.28],
  ].map(([part = 0, reach = 0]) => {
    const w = half * reach
    return line(`M${-w} ${middle + height * part}H${w}`, '#a8823f', 2.4)
  })
  return path(shape, paper) + put(star(8, height * 0.15, accent), { y: middle - height * 0.2 }) + rows.join('')
}

export function shoulderedBottle(pen: Pen, colour: string): string {
  const body: Point[] = [
    [58, 0, 'corner'],
    [70, -6],
    [75, -26],
    [75, -122],
    [66, -152],
    [40, -168],
    [26, -172, 'corner'],
  ]
  const collar = box(-27, -192, 54, 22, 3, pen.metal('gold'))
  const cap: Point[] = [
    [36, -192, 'corner'],
    [36, -262],
    [30, -272],
    [14, -275, 'corner'],
  ]
  return [
    turned(body, pen.round(colour), 0.2, 0.18),
    label(pen, 75, -112, 62, colour),
    collar,
    turned(cap, pen.metal('gold'), 0.32, 0.1),
    line('M-36 -204h72M-36 -210h72', '#7b561f', 1.6, 'opacity=".5"'),
  ].join('')
}

export function perfumeBox(pen: Pen, colour: string): string {
  const face = pen.across([
    [0, lighter(colour, 0.14)],
    [1, colour],
  ])
  return [
    path('M-54 0V-200H44V0z', face),
    path('M44 0V-200l26 -12V-14z', darker(colour, 0.34)),
    path('M-54 -200l26 -12h98l-26 12z', lighter(colour, 0.3)),
    line('M-44 -190H34V-10H-44z', '#d9b25f', 1.8),
    put(star(8, 20, '#e3bf70'), { x: -5, y: -122 }),
    put(star(8, 10, colour), { x: -5, y: -122 }),
    line('M-31 -78h52M-23 -66h36', '#e3bf70', 2.4),
  ].join('')
}

export function sphereBottle(pen: Pen, colour: string): string {
  const ball: Point[] = [
    [40, 0, 'corner'],
    [70, -22],
    [88, -76],
    [72, -132],
    [30, -158],
    [24, -164, 'corner'],
  ]
  const dome: Point[] = [
    [30, -176, 'corner'],
    [36, -198],
    [24, -222],
    [6, -236],
    [3, -250, 'corner'],
  ]
  const ribs = [-0.62, -0.3, 0.04, 0.38, 0.7].map((part) =>
    line(`M${part * 40} 0C${part * 118} -50 ${part * 118} -104 ${part * 30} -158`, '#fff', 2, 'opacity=".35"'),
  )
  return [
    glassVessel(pen, ball, colour, -126),
    ribs.join(''),
    box(-28, -178, 56, 16, 4, pen.metal('gold')),
    turned(dome, pen.metal('gold'), 0.3, 0.12),
    oval(0, -252, 6, 6, pen.metal('gold')),
    oval(0, -76, 30, 30, pen.metal('gold')),
    oval(0, -76, 25, 25, '#fff6e6'),
    put(rose(pen, colour), { y: -76, k: 0.42 }),
  ].join('')
}

export function squareBottle(pen: Pen, colour: string): string {
  const glass = pen.across([
    [0, lighter(colour, 0.6)],
    [0.12, lighter(colour, 0.85)],
    [0.2, lighter(colour, 0.3)],
    [0.8, colour],
    [0.9, darker(colour, 0.3)],
    [1, lighter(colour, 0.35)],
  ])
  const liquid = pen.down([
    [0, lighter(colour, 0.25)],
    [1, darker(colour, 0.25)],
  ])
  return [
    box(-62, -214, 124, 214, 12, glass),
    box(-50, -180, 100, 166, 6, liquid, 'opacity=".85"'),
    path('M-50 -180q25 -8 50 0t50 0v8h-100z', lighter(colour, 0.6), 'opacity=".7"'),
    path('M-46 -190h20L-38 -20h-8z', '#fff', 'opacity=".38"'),
    box(-30, -132, 60, 74, 4, '#fdf8ec'),
    path(
      'M-18 -84q9 -12 18 0t18 0M-18 -74q9 -12 18 0t18 0',
      'none',
      `stroke="${colour}" stroke-width="3.4" stroke-linecap="round"`,
    ),
    put(path('M-2 -26C-13 -18 -19 -9 -20 0h18zM1 -19c6 5 9 12 10 19H1z', darker(colour, 0.2)), { x: 4, y: -92 }),
    box(-24, -232, 48, 20, 3, pen.metal('steel')),
    box(-34, -282, 68, 54, 6, pen.metal('silver')),
    line('M-34 -240h68', '#68727a', 2, 'opacity=".5"'),
  ].join('')
}

export function attarBottle(pen: Pen, oil: string, metal: Metal = 'brass'): string {
  const cut = 'M-46 0L-62 -58L-40 -132L-22 -150H22L40 -132L62 -58L46 0z'
  const shine = (d: string, opacity: number) => path(d, '#fff', `opacity="${opacity}"`)
  return [
    path(
      cut,
      pen.across([
        [0, lighter(oil, 0.62)],
        [0.5, lighter(oil, 0.82)],
        [1, lighter(oil, 0.4)],
      ]),
    ),
    pen.within(cut, box(-70, -104, 140, 110, 0, pen.round(oil)) + oval(0, -104, 60, 5, lighter(oil, 0.5))),
    shine('M-46 0L-62 -58L-22 -70L-20 0z', 0.22),
    shine('M-62 -58L-40 -132L-16 -132L-22 -70z', 0.36),
    path('M46 0L62 -58L22 -70L20 0z', '#1a0e0c', 'opacity=".22"'),
    path('M62 -58L40 -132L16 -132L22 -70z', '#1a0e0c', 'opacity=".12"'),
    line(
      'M-22 -70H22M-22 -70L-62 -58M22 -70L62 -58M-20 0L-22 -70L-16 -132M20 0L22 -70L16 -132',
      '#fff',
      1.4,
      'opacity=".55"',
    ),
    box(-26, -166, 52, 20, 4, pen.metal(metal)),
    turned(
      [
        [16, -166, 'corner'],
        [30, -180],
        [34, -196],
        [18, -212],
        [8, -226],
        [4, -246, 'corner'],
      ],
      pen.metal(metal),
      0.35,
      0.1,
    ),
    oval(0, -248, 7, 7, pen.metal(metal)),
    line('M-26 -156h52', metal === 'brass' ? '#70480f' : '#68727a', 1.6, 'opacity=".6"'),
  ].join('')
}

/** An open chest lined with velvet, to stand something small in. Its opening is 190 wide, its lip at y −70. */
export function velvetChest(pen: Pen, wood: string, velvet: string): string {
  const face = pen.across([
    [0, lighter(wood, 0.16)],
    [0.5, wood],
    [1, darker(wood, 0.25)],
  ])
  const bands = [-92, 92].map((x) => box(x - 7, -72, 14, 72, 2, pen.metal('brass')))
  return [
    path('M-112 -70L-100 -196H100L112 -70z', darker(wood, 0.35)),
    path(
      'M-102 -74L-92 -186H92L102 -74z',
      pen.down([
        [0, darker(velvet, 0.3)],
        [1, velvet],
      ]),
    ),
    line('M-70 -182L-78 -80M-30 -184L-34 -80M10 -184L12 -80M50 -184L58 -80', darker(velvet, 0.4), 3, 'opacity=".5"'),
    box(-116, -72, 232, 72, 6, face),
    bands.join(''),
    box(-14, -66, 28, 26, 4, pen.metal('brass')),
    oval(0, -54, 4, 5, '#4a2c08'),
    line('M-108 -36H-100M-84 -36H-16M16 -36H84M100 -36H108', darker(wood, 0.35), 2, 'opacity=".5"'),
  ].join('')
}

export function bakhoorTin(pen: Pen): string {
  const tin = pen.across([
    [0, '#2b1a20'],
    [0.25, '#8a4a55'],
    [0.6, '#5d2a36'],
    [1, '#2b1218'],
  ])
  const random = seeded(7)
  const discs = repeat(17, (index) => {
    const [x, y] = [-66 + (index % 6) * 26 + random() * 8, -138 + Math.floor(index / 6) * 11 + random() * 5]
    const brown = ['#4b2c1d', '#5d3824', '#3b2116'][index % 3] ?? '#4b2c1d'
    return (
      oval(x, y + 4, 17, 7, darker(brown, 0.5)) +
      oval(x, y, 17, 7, brown) +
      oval(x - 4, y - 2, 7, 2, '#a57b55', 'opacity=".5"')
    )
  })
  const lid = [
    oval(
      0,
      0,
      96,
      96,
      pen.slant([
        [0, '#a3606b'],
        [0.5, '#6a303d'],
        [1, '#34151d'],
      ]),
    ),
    oval(0, 0, 84, 84, 'none', 'stroke="#d9b25f" stroke-width="2.5"'),
    put(star(8, 44, '#d9b25f'), {}),
    put(star(8, 32, '#6a303d'), {}),
    put(star(8, 18, '#d9b25f'), {}),
  ].join('')
  return [
    put(lid, { x: 92, y: -116, k: 0.92, turn: 14 }),
    path('M-100 -128V-22a100 22 0 0 0 200 0V-128z', tin),
    oval(0, -128, 100, 22, pen.metal('brass')),
    oval(0, -128, 92, 18, '#1d0f0c'),
    pen.within('M-92 -190H92V-128A92 18 0 0 1 -92 -128z', discs),
    path('M-100 -84a100 22 0 0 0 200 0v34a100 22 0 0 1 -200 0z', pen.metal('brass'), 'opacity=".9"'),
    repeat(9, (index) =>
      put(star(8, 7, '#5d2a36'), {
        x: -80 + index * 20,
        y: -50 + Math.sqrt(Math.max(0, 1 - ((index - 4) / 5) ** 2)) * 20 - 2,
      }),
    ),
  ].join('')
}

export function mabkhara(pen: Pen, colour: string, smoking = true): string {
  const side = pen.across([
    [0, lighter(colour, 0.34)],
    [0.5, colour],
    [1, darker(colour, 0.26)],
  ])
  const horn = (x: number, deep: boolean) =>
    path(`M${x - 16} -168L${x - 9} -214Q${x} -226 ${x + 9} -214L${x + 16} -168z`, deep ? darker(colour, 0.32) : side)
  const pattern = [-44, 0, 44].map((x) =>
    put(
      path('M0 -17L15 0L0 17L-15 0z', darker(colour, 0.34), 'opacity=".8"') + oval(0, 0, 5, 5, lighter(colour, 0.4)),
      { x, y: -136 },
    ),
  )
  return [
    smoking ? put(smoke(pen, 130), { y: -194 }) : '',
    horn(-46, true),
    horn(46, true),
    oval(0, -172, 74, 15, darker(colour, 0.5)),
    oval(0, -174, 52, 11, pen.metal('brass')),
    oval(0, -175, 42, 8, '#2a1410'),
    repeat(4, (index) => oval(-21 + index * 14, -177 + (index % 2) * 3, 9, 4.5, index % 2 ? '#d9552b' : '#3a2018')),
    path('M-80 -172Q0 -146 80 -172L62 -106Q0 -90 -62 -106z', side),
    horn(-72, false),
    horn(72, false),
    path('M-44 -102Q0 -92 44 -102L30 -60H-30z', pen.round(darker(colour, 0.12))),
    path('M-30 -62Q0 -56 30 -62L70 -6Q0 14 -70 -6z', side),
    line('M-66 -110Q0 -92 66 -110', lighter(colour, 0.5), 2.5, 'opacity=".7"'),
    line('M-56 -22Q0 -6 56 -22', darker(colour, 0.4), 2.5, 'opacity=".6"'),
    pattern.join(''),
    path('M-70 -164L-56 -108Q-50 -104 -44 -103L-56 -160z', '#fff', 'opacity=".2"'),
  ].join('')
}

export function vial(pen: Pen, liquid: string, metal: Metal = 'gold'): string {
  const glass: Point[] = [
    [15, 0, 'corner'],
    [17, -6],
    [17, -92],
    [12, -100],
    [10, -104, 'corner'],
  ]
  return glassVessel(pen, glass, liquid, -78) + box(-12, -140, 24, 38, 4, pen.metal(metal))
}

export function vialSet(pen: Pen, liquids: readonly string[]): string {
  const vials = liquids.map((liquid, index) => put(vial(pen, liquid), { x: -92 + index * 46, y: -52, k: 1.14 }))
  const face = pen.across([
    [0, '#2e5d62'],
    [0.5, '#1f474c'],
    [1, '#143438'],
  ])
  return [
    path('M-128 -64L-116 -214H116L128 -64z', '#17393e'),
    path(
      'M-116 -70L-106 -202H106L116 -70z',
      pen.down([
        [0, '#ead7b0'],
        [1, '#fdf5e3'],
      ]),
    ),
    put(star(8, 16, '#c9983f'), { y: -178 }),
    vials.join(''),
    box(-132, -72, 264, 72, 8, face),
    line('M-122 -62H122V-10H-122z', '#d9b25f', 2),
    put(star(8, 15, '#d9b25f'), { y: -36 }),
    line('M-92 -36H-34M34 -36H92', '#d9b25f', 2.4),
  ].join('')
}
