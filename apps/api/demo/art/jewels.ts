import { darker, lighter, metalColour, metalDeep, metalShine, mix } from './colour.ts'
import { leaf, star } from './ornament.ts'
import { box, faded, line, oval, path, put, repeat } from './shapes.ts'
import type { Metal } from './colour.ts'
import type { Pen } from './pen.ts'

export function pearl(pen: Pen, radius: number): string {
  const skin = pen.glow([
    [0, '#ffffff'],
    [0.45, '#fbf3ea'],
    [0.8, '#e2d2c6'],
    [1, '#b9a298'],
  ])
  return (
    `<circle r="${radius}" fill="${skin}"/>` +
    oval(-radius * 0.34, -radius * 0.38, radius * 0.3, radius * 0.22, '#fff') +
    `<path d="M${radius * 0.1} ${radius * 0.8}A${radius * 0.8} ${radius * 0.8} 0 0 0 ${radius * 0.8} ${radius * 0.1}" fill="none" stroke="#fff" stroke-width="${radius * 0.12}" opacity=".6" stroke-linecap="round"/>`
  )
}

/** A velvet bust for a necklace: neck at −300, foot at 0. */
export function bust(pen: Pen, colour: string): string {
  const d =
    'M-30 -316C-34 -260 -40 -240 -92 -216C-122 -200 -128 -160 -116 -110C-104 -60 -72 -20 -60 0H60C72 -20 104 -60 116 -110C128 -160 122 -200 92 -216C40 -240 34 -260 30 -316Q0 -326 -30 -316z'
  return (
    path(d, pen.soft(colour)) +
    path('M-30 -316Q0 -306 30 -316Q0 -326 -30 -316z', lighter(colour, 0.3)) +
    pen.within(
      d,
      pen.blur(
        8,
        path('M40 -250C80 -220 130 -180 90 -40L140 20V-300z', '#1a0e0c', 'opacity=".28"') +
          path('M-88 -206C-120 -170 -100 -90 -76 -40L-60 -60C-80 -110 -92 -160 -60 -204z', '#fff', 'opacity=".22"'),
      ),
    )
  )
}

export function pearlNecklace(pen: Pen, drop = 148): string {
  const count = 33
  const strand = repeat(count, (index) => {
    const part = (index / (count - 1)) * 2 - 1
    const x = Math.sin(part * 1.62) * 58
    const y = -240 + Math.cos(part * 1.62) * drop
    return put(pearl(pen, 6.6 + (1 - Math.abs(part)) * 3), { x, y })
  })
  return (
    faded(
      0.4,
      pen.blur(
        3,
        put(
          repeat(
            1,
            () => `<path d="M-56 -236C-52 -56 52 -56 60 -236" fill="none" stroke="#1a0e0c" stroke-width="10"/>`,
          ),
          { x: 6, y: 8 },
        ),
      ),
    ) +
    strand +
    put(star(8, 13, '#d9a441') + pearl(pen, 6), { y: -240 + drop + 16 })
  )
}

/** Bangles round a wooden cone, four textures. */
export function bangles(pen: Pen, metal: Metal): string {
  const cone =
    path('M-58 0L-36 -262Q0 -274 36 -262L58 0Q0 16 -58 0z', pen.soft('#c79a68')) + oval(0, -263, 36, 8, '#e3bf92')
  const ring = (index: number) => {
    const y = -34 - index * 30
    const rx = 96 - index * 3.4
    const tilt = [-3, 2, -2, 4, -4, 2, -1][index] ?? 0
    const weight = [13, 8, 11, 8, 13, 8, 10][index] ?? 9
    const front = `M${-rx} 0A${rx} 22 0 0 0 ${rx} 0`
    const texture =
      [
        line(front, metalDeep(metal), 3, 'stroke-dasharray="1 8"'),
        '',
        line(front, metalShine(metal), weight * 0.8, 'stroke-dasharray="4 6" opacity=".7"'),
        '',
        line(front, metalDeep(metal), weight * 0.5, 'stroke-dasharray=".5 9" opacity=".8"'),
        '',
        line(front, metalDeep(metal), 2, 'stroke-dasharray="7 5" opacity=".6"'),
      ][index] ?? ''
    return put(
      line(front, metalDeep(metal), weight + 2) +
        line(front, pen.metal(metal), weight) +
        texture +
        line(`M${-rx * 0.86} 11A${rx} 22 0 0 0 ${-rx * 0.3} 20`, metalShine(metal), 2.6, 'opacity=".9"'),
      { y, turn: tilt },
    )
  }
  const back = repeat(7, (index) =>
    put(
      `<path d="M${-(96 - index * 3.4)} 0A${96 - index * 3.4} 22 0 0 1 ${96 - index * 3.4} 0" fill="none" stroke="${metalDeep(metal)}" stroke-width="9"/>`,
      { y: -34 - index * 30 },
    ),
  )
  return back + cone + repeat(7, ring)
}

function ovalGem(pen: Pen, colour: string, rx: number, ry: number): string {
  const facets = repeat(10, (index) => {
    const angle = (index / 10) * Math.PI * 2
    const next = ((index + 1) / 10) * Math.PI * 2
    const tone =
      [
        lighter(colour, 0.55),
        lighter(colour, 0.25),
        colour,
        darker(colour, 0.3),
        darker(colour, 0.4),
        darker(colour, 0.15),
        colour,
        lighter(colour, 0.15),
        lighter(colour, 0.4),
        lighter(colour, 0.65),
      ][(index + 2) % 10] ?? colour
    const point = (a: number, part: number) =>
      `${(Math.sin(a) * rx * part).toFixed(1)} ${(-Math.cos(a) * ry * part).toFixed(1)}`
    return path(`M${point(angle, 1)}L${point(next, 1)}L${point(next, 0.56)}L${point(angle, 0.56)}z`, tone)
  })
  return (
    oval(0, 0, rx, ry, colour) +
    facets +
    oval(
      0,
      0,
      rx * 0.56,
      ry * 0.56,
      pen.slant([
        [0, lighter(colour, 0.6)],
        [0.5, colour],
        [1, darker(colour, 0.25)],
      ]),
    ) +
    path(`M${-rx * 0.36} ${-ry * 0.36}L${-rx * 0.05} ${-ry * 0.5}L${-rx * 0.3} ${ry * 0.1}z`, '#fff', 'opacity=".75"') +
    oval(0, 0, rx, ry, 'none', `stroke="${darker(colour, 0.4)}" stroke-width="1.5"`)
  )
}

export function gemRing(pen: Pen, gem: string, metal: Metal): string {
  const claws = repeat(6, (index) => {
    const angle = (index / 6) * Math.PI * 2 + 0.52
    return oval(
      Math.sin(angle) * 46,
      -Math.cos(angle) * 37,
      6.5,
      6.5,
      pen.slant([
        [0, metalShine(metal)],
        [1, metalDeep(metal)],
      ]),
    )
  })
  return [
    `<ellipse cx="0" cy="-84" rx="86" ry="82" fill="none" stroke="${metalDeep(metal)}" stroke-width="21"/>`,
    `<ellipse cx="0" cy="-84" rx="86" ry="82" fill="none" stroke="${pen.metal(metal)}" stroke-width="17"/>`,
    `<path d="M-84 -98A86 82 0 0 0 -40 -12" fill="none" stroke="${metalShine(metal)}" stroke-width="5" stroke-linecap="round" opacity=".9"/>`,
    path('M-46 -160L-30 -134H30L46 -160z', pen.metal(metal)),
    put(oval(0, 4, 52, 42, metalDeep(metal)) + ovalGem(pen, gem, 48, 39) + claws, { y: -192 }),
  ].join('')
}

export function signet(pen: Pen, gem: string): string {
  const stone = pen.glow([
    [0, lighter(gem, 0.4)],
    [0.6, gem],
    [1, darker(gem, 0.45)],
  ])
  return [
    `<ellipse cx="0" cy="-80" rx="80" ry="76" fill="none" stroke="#68727a" stroke-width="26"/>`,
    `<ellipse cx="0" cy="-80" rx="80" ry="76" fill="none" stroke="${pen.metal('silver')}" stroke-width="21"/>`,
    path(
      'M-92 -96C-92 -150 -76 -190 -62 -204H62C76 -190 92 -150 92 -96C76 -130 60 -150 44 -156H-44C-60 -150 -76 -130 -92 -96z',
      pen.metal('silver'),
    ),
    line('M-84 -120C-80 -150 -70 -176 -60 -190M84 -120C80 -150 70 -176 60 -190', '#59636b', 2, 'opacity=".6"'),
    repeat(
      3,
      (index) =>
        put(star(8, 7 - index, '#59636b'), { x: -74 + index * 5, y: -138 - index * 17 }) +
        put(star(8, 7 - index, '#59636b'), { x: 74 - index * 5, y: -138 - index * 17 }),
    ),
    box(-66, -236, 132, 64, 26, pen.metal('silver')),
    box(-58, -230, 116, 52, 22, '#59636b'),
    box(-54, -228, 108, 48, 20, stone),
    path('M-44 -216Q-10 -228 34 -220Q0 -214 -36 -200z', '#fff', 'opacity=".5"'),
    line('M-36 -192Q0 -184 38 -194', lighter(gem, 0.5), 2, 'opacity=".5"'),
  ].join('')
}

/** One crescent of filigree with a pearl under it, hanging from y 0 down to about 150. */
function crescent(pen: Pen, metal: Metal): string {
  const outline = 'M-44 30A50 50 0 1 0 44 30A42 42 0 1 1 -44 30z'
  const curls = repeat(9, (index) => {
    const angle = Math.PI * (0.1 + (index / 8) * 0.8)
    return `<circle cx="${(Math.cos(angle) * 46).toFixed(1)}" cy="${(52 + Math.sin(angle) * 42).toFixed(1)}" r="${4 + Math.sin(angle) * 4}" fill="none" stroke="${metalColour(metal)}" stroke-width="2"/>`
  })
  return [
    line('M0 -16C8 -14 10 -2 2 2', metalColour(metal), 3),
    line('M0 2V14', metalColour(metal), 2.4),
    put(star(8, 9, metalColour(metal)), { y: 16 }),
    line('M0 24L-42 32M0 24L42 32', metalColour(metal), 2),
    path(outline, mix(metalShine(metal), '#ffffff', 0.1), 'opacity=".35"'),
    curls,
    line(outline, pen.metal(metal), 4),
    line('M0 103V114', metalColour(metal), 2.4),
    put(pearl(pen, 13), { y: 127 }),
    put(pearl(pen, 5), { x: -30, y: 104 }),
    put(pearl(pen, 5), { x: 30, y: 104 }),
  ].join('')
}

/** A little stand with a bar, and the pair hanging from it. */
export function crescentEarrings(pen: Pen, metal: Metal): string {
  const wood = pen.soft('#8a5a36')
  return [
    box(-8, -268, 16, 258, 6, wood),
    box(-128, -276, 256, 14, 7, wood),
    box(-80, -14, 160, 16, 8, wood),
    put(crescent(pen, metal), { x: -76, y: -248, k: 1.22 }),
    put(crescent(pen, metal), { x: 76, y: -248, k: 1.22 }),
  ].join('')
}

const NUMERALS = ['١٢', '٣', '٦', '٩'] as const

export function watch(pen: Pen, strap: string): string {
  const band = (d: string) =>
    path(d, pen.soft(strap)) +
    pen.within(d, line('M-24 -300V300M24 -300V300', lighter(strap, 0.5), 2, 'stroke-dasharray="6 5" opacity=".7"'))
  const marks = repeat(60, (index) =>
    put(line(`M0 -66V${index % 5 ? -63 : -58}`, index % 5 ? '#b9ad97' : '#3a2c1c', index % 5 ? 1 : 2.6), {
      turn: index * 6,
    }),
  )
  const numbers = NUMERALS.map((numeral, index) => {
    const angle = (index * Math.PI) / 2
    return `<text x="${Math.sin(angle) * 44}" y="${-Math.cos(angle) * 44 + 8}" text-anchor="middle" font-family="Noto Kufi Arabic, Noto Sans Arabic, DejaVu Sans" font-size="24" fill="#2a2118">${numeral}</text>`
  })
  const holes = repeat(4, (index) => oval(0, 112 + index * 18, 3, 3, darker(strap, 0.6)))
  return [
    pen.blur(
      6,
      put(box(-36, -196, 78, 392, 20, '#1c1208', 'opacity=".3"') + oval(4, 0, 88, 86, '#1c1208', 'opacity=".35"'), {
        x: 10,
        y: 10,
      }),
    ),
    band('M-36 -70L-30 -196Q0 -206 30 -196L36 -70z'),
    band('M-36 70L-30 186Q0 214 30 186L36 70z'),
    holes,
    box(-34, -192, 68, 12, 5, pen.metal('steel')),
    box(78, -9, 18, 18, 5, pen.metal('steel')),
    path(
      'M-44 -68L-38 -92H-26L-22 -70zM44 -68L38 -92H26L22 -70zM-44 68L-38 92H-26L-22 70zM44 68L38 92H26L22 70z',
      pen.metal('steel'),
    ),
    oval(
      0,
      0,
      84,
      84,
      pen.slant([
        [0, '#ffffff'],
        [0.45, '#98a4ab'],
        [1, '#4d565d'],
      ]),
    ),
    oval(0, 0, 75, 75, '#59636b'),
    oval(
      0,
      0,
      73,
      73,
      pen.slant([
        [0, '#fffaf0'],
        [1, '#e6dac2'],
      ]),
    ),
    marks,
    numbers.join(''),
    put(line('M0 8V-34', '#2a2118', 4.5), { turn: -56 }),
    put(line('M0 10V-54', '#2a2118', 3), { turn: 56 }),
    put(line('M0 16V-58', '#e79a2d', 1.6), { turn: 170 }),
    oval(0, 0, 5, 5, '#2a2118'),
    path('M-60 -40A72 72 0 0 1 10 -71L-30 -8z', '#fff', 'opacity=".3"'),
  ].join('')
}

/** A fine chain lying in a loop, with leaves and one pearl. */
export function charmBracelet(pen: Pen, metal: Metal): string {
  const loop = 'M-108 -36C-120 -150 120 -150 112 -30C106 70 -96 84 -108 -36z'
  const charms = [
    [-92, 24, 24],
    [-52, 52, 12],
    [50, 48, -14],
    [88, 16, -26],
  ] as const
  const leaves = charms.map(([x, y, turn]) =>
    put(line('M0 -8V2', metalColour(metal), 2) + put(metalLeaf(metal), { turn: 90 }), { x, y, turn }),
  )
  return [
    pen.blur(4, put(line(loop, '#1c1208', 7, 'opacity=".3"'), { x: 8, y: 10 })),
    line(loop, metalDeep(metal), 6),
    line(loop, metalShine(metal), 4, 'stroke-dasharray="7 4"'),
    leaves.join(''),
    put(line('M0 -12V2', metalColour(metal), 2) + put(pearl(pen, 15), { y: 16 }), { x: 0, y: 62 }),
    put(oval(0, 0, 12, 8, 'none', `stroke="${metalColour(metal)}" stroke-width="4"`), { x: 4, y: -122 }),
    repeat(5, (index) =>
      oval(26 + index * 11, -132 - index * 5, 5, 3.5, 'none', `stroke="${metalColour(metal)}" stroke-width="2.4"`),
    ),
  ].join('')
}

const metalLeaf = (metal: Metal): string =>
  leaf(metalColour(metal), 44) + path('M2 0C10 -14 32 -14 42 0z', metalShine(metal), 'opacity=".5"')
