import { darker, lighter, mix } from './colour.ts'
import { saduWeave } from './interior.ts'
import { palm, star } from './ornament.ts'
import { box, line, oval, path, put, repeat } from './shapes.ts'
import type { Pen } from './pen.ts'

export function toyDhow(pen: Pen, sail: string): string {
  const wood = pen.down([
    [0, '#e6bd85'],
    [0.5, '#cf9a5a'],
    [1, '#9a6632'],
  ])
  const hull =
    'M-132 -84C-104 -78 -40 -70 40 -72C90 -74 122 -84 146 -108C140 -50 104 -2 60 0H-56C-96 -2 -124 -40 -132 -84z'
  const cloth = (d: string, tone: string) =>
    path(
      d,
      pen.across([
        [0, lighter(tone, 0.4)],
        [0.5, tone],
        [1, darker(tone, 0.24)],
      ]),
    )
  return [
    box(-14, -286, 12, 220, 5, pen.soft('#b98450')),
    line('M-96 -262L72 -158', '#9a6632', 8),
    cloth('M-18 -292C-74 -236 -110 -170 -114 -104C-80 -92 -44 -88 -18 -90z', sail),
    line('M-24 -270C-70 -216 -96 -160 -102 -108', '#fff', 4, 'opacity=".35"'),
    cloth('M2 -262C56 -214 88 -150 96 -104C64 -92 30 -88 2 -90z', '#fbf3e4'),
    put(star(8, 21, sail), { x: 38, y: -138 }),
    line('M-100 -128H-22M-88 -164H-22M-66 -200H-22', darker(sail, 0.3), 2, 'stroke-dasharray="5 5" opacity=".6"'),
    path(hull, wood),
    pen.within(
      hull,
      line('M-140 -56C-60 -44 60 -46 150 -72M-130 -32C-60 -20 70 -22 130 -44', '#8a5a2c', 2.4, 'opacity=".5"') +
        path(
          'M-140 -88C-100 -82 -40 -74 40 -76C90 -78 122 -88 150 -114V-98C122 -74 90 -62 40 -60C-40 -58 -100 -66 -140 -74z',
          sail,
        ) +
        path('M20 0C80 -4 120 -40 146 -108H170V20H20z', '#1a0e0c', 'opacity=".16"'),
    ),
    repeat(3, (index) => oval(-64 + index * 46, -34, 9, 9, '#7a4f26') + oval(-65 + index * 46, -35, 6, 6, '#4a2c12')),
    box(-118, -112, 34, 30, 6, wood),
    line('M-112 -80C-60 -70 60 -70 120 -92', '#fff', 3, 'opacity=".4"'),
    path('M-8 -286L-8 -306L26 -298L-8 -290z', '#b3243b'),
  ].join('')
}

export function water(pen: Pen): string {
  const sea = pen.down([
    [0, '#7fc3cf', 0.92],
    [1, '#2f8a9c', 0.96],
  ])
  return (
    path('M0 0q25 -16 50 0t50 0t50 0t50 0t50 0t50 0t50 0t50 0V140H0z', sea) +
    line(
      'M20 30q18 -10 36 0M120 44q18 -10 36 0M250 28q18 -10 36 0M320 58q18 -10 36 0M60 76q18 -10 36 0M200 84q18 -10 36 0',
      '#fff',
      4,
      'opacity=".5"',
    ) +
    repeat(
      6,
      (index) =>
        `<circle cx="${40 + index * 64}" cy="${-4 - (index % 3) * 9}" r="${7 + (index % 3) * 4}" fill="#fff" opacity=".6"/>`,
    )
  )
}

export function plushCamel(pen: Pen, small = false): string {
  const fur = pen.slant([
    [0, '#f0cf9a'],
    [0.5, '#dcae6c'],
    [1, '#a9773a'],
  ])
  const dark = '#a9773a'
  const leg = (x: number, back: boolean) =>
    path(
      `M${x - 15} -118C${x - 17} -70 ${x - 14} -40 ${x - 15} -14Q${x - 14} 0 ${x + 2} 0Q${x + 19} 0 ${x + 17} -14C${x + 15} -40 ${x + 17} -70 ${x + 15} -118z`,
      back ? '#b98446' : fur,
    ) + path(`M${x - 15} -16Q${x - 14} 0 ${x + 2} 0Q${x + 19} 0 ${x + 17} -16Q${x + 2} -8 ${x - 15} -16z`, '#7a5226')
  const saddle =
    'M-34 -196C-20 -226 20 -232 44 -204C54 -176 54 -146 50 -116Q8 -106 -36 -116C-40 -146 -40 -174 -34 -196z'
  return [
    leg(-62, true),
    leg(66, true),
    line('M92 -160C112 -140 112 -110 106 -92', dark, 8),
    oval(106, -86, 9, 15, '#7a5226'),
    path(
      'M-92 -128C-96 -170 -60 -184 -36 -186C-20 -232 26 -238 48 -196C82 -190 104 -170 98 -128C94 -96 60 -88 4 -88C-50 -88 -88 -96 -92 -128z',
      fur,
    ),
    path('M-84 -112C-110 -130 -124 -170 -126 -214C-126 -236 -96 -242 -92 -218C-90 -186 -78 -168 -58 -156z', fur),
    leg(-42, false),
    leg(44, false),
    path(
      'M-100 -262C-122 -276 -158 -270 -172 -250C-182 -232 -172 -216 -154 -216C-134 -214 -110 -212 -98 -222C-84 -236 -86 -254 -100 -262z',
      fur,
    ),
    path(
      'M-172 -250C-182 -232 -172 -216 -154 -216C-146 -216 -140 -216 -136 -215C-146 -226 -156 -244 -172 -250z',
      '#f6dfb6',
    ),
    path('M-104 -262C-102 -282 -86 -286 -84 -274C-84 -264 -92 -258 -98 -256z', '#b98446'),
    path('M-118 -268C-118 -286 -104 -292 -100 -280C-98 -270 -106 -264 -112 -262z', fur),
    line('M-134 -250q8 -6 15 0', '#3a2412', 4),
    line('M-124 -252l-3 -6M-131 -253l-4 -5', '#3a2412', 2),
    line('M-170 -228q10 6 22 1', '#8a5a2c', 2.6),
    oval(-166, -240, 2.6, 3.6, '#8a5a2c'),
    oval(-122, -232, 9, 5, '#e59a7e', 'opacity=".5"'),
    small
      ? ''
      : pen.within(saddle, put(`<g transform="scale(.52 .7)">${saduWeave('#b3243b')}</g>`, { x: 6, y: -164 })) +
        line(saddle, '#5d1220', 2, 'opacity=".5"') +
        repeat(7, (index) => line(`M${-32 + index * 13.4} -114v15`, index % 2 ? '#e79a2d' : '#2f7d84', 4)),
    path('M-78 -164C-92 -180 -98 -200 -98 -216C-104 -200 -100 -170 -84 -152z', '#fff', 'opacity=".25"'),
    line('M-96 -216L-130 -214', '#b3243b', 4),
    oval(-96, -208, 5, 7, '#e79a2d'),
  ].join('')
}

/** A wooden block with a letter cut in it, seen from a corner. */
function block(pen: Pen, letter: string, colour: string): string {
  return [
    path('M-44 -88L-24 -108H64L44 -88z', '#f3ddb4'),
    path('M44 -88L64 -108V-20L44 0z', '#b88a50'),
    box(
      -44,
      -88,
      88,
      88,
      6,
      pen.slant([
        [0, '#f0d6a8'],
        [1, '#d6ae74'],
      ]),
    ),
    box(-36, -80, 72, 72, 8, colour),
    box(
      -36,
      -80,
      72,
      72,
      8,
      pen.slant([
        [0, '#ffffff', 0.22],
        [1, '#1a0e0c', 0.16],
      ]),
    ),
    `<text x="0" y="-28" text-anchor="middle" font-family="Noto Kufi Arabic, Noto Sans Arabic, DejaVu Sans" font-weight="bold" font-size="50" fill="#fff8e8">${letter}</text>`,
  ].join('')
}

export function letterBlocks(pen: Pen): string {
  const at = (letter: string, colour: string, x: number, y: number, turn = 0) =>
    put(block(pen, letter, colour), { x, y, turn })
  return (
    at('ت', '#2f7d84', -98, 0) +
    at('ب', '#e39a2f', 6, 0) +
    at('ج', '#6b8f4a', 108, 0, 0) +
    at('أ', '#b3243b', -46, -90, -3) +
    at('د', '#3a4585', 60, -90, 2) +
    at('ح', '#c9637c', 8, -180, -7)
  )
}

export function archStacker(pen: Pen, tones: readonly string[]): string {
  const arcs = tones.map((tone, index) => {
    const outer = 142 - index * 20
    const inner = outer - 19
    const d = `M${-outer} 0V-8A${outer} ${outer} 0 0 1 ${outer} -8V0H${inner}V-8A${inner} ${inner} 0 0 0 ${-inner} -8V0z`
    return (
      path(
        d,
        pen.slant([
          [0, lighter(tone, 0.32)],
          [0.5, tone],
          [1, darker(tone, 0.28)],
        ]),
      ) +
      line(
        `M${-outer + 5} -10A${outer - 5} ${outer - 5} 0 0 1 ${-(outer - 5) * 0.3} ${-(outer - 5) * 0.95 - 8}`,
        '#fff',
        3,
        'opacity=".45"',
      )
    )
  })
  const last = 142 - tones.length * 20
  const depth = 'M-142 0V-8A142 142 0 0 1 142 -8V0z'
  return (
    put(path(depth, darker(tones[0] ?? '#e07a5f', 0.42)), { x: 9, y: -7 }) +
    put(path(depth, darker(tones[0] ?? '#e07a5f', 0.3)), { x: 4, y: -3 }) +
    arcs.join('') +
    path(`M${-last} 0V-8A${last} ${last} 0 0 1 ${last} -8V0z`, mix('#c79a68', '#ffffff', 0.1))
  )
}

export function backpack(pen: Pen, colour: string): string {
  const body = 'M-96 -16C-106 -90 -104 -180 -78 -232C-58 -262 58 -262 78 -232C104 -180 106 -90 96 -16Q0 2 -96 -16z'
  const pocket = 'M-70 -30C-76 -66 -74 -98 -66 -118Q0 -130 66 -118C74 -98 76 -66 70 -30Q0 -18 -70 -30z'
  const falcon =
    path(
      'M-6 -34C8 -38 20 -28 20 -18L28 -11C24 -7 20 -8 18 -9C18 2 20 10 16 22C13 30 8 34 2 36L-2 48H-12L-10 34C-18 24 -22 6 -18 -12C-16 -26 -14 -32 -6 -34z',
      '#fff5dc',
    ) +
    path('M-14 -6C-2 0 2 16 -6 32C-16 22 -18 6 -14 -6z', darker(colour, 0.2), 'opacity=".6"') +
    oval(8, -22, 3, 3, '#3a2412')
  return [
    line('M-34 -250C-34 -290 34 -290 34 -250', darker(colour, 0.5), 13),
    line('M-34 -250C-34 -288 34 -288 34 -250', darker(colour, 0.2), 8),
    path('M-92 -60C-128 -50 -128 -150 -96 -170zM92 -60C128 -50 128 -150 96 -170z', darker(colour, 0.35)),
    path(body, pen.soft(colour)),
    path('M-100 -40C-102 -10 -90 0 -70 2H70C90 0 102 -10 100 -40Q0 -22 -100 -40z', '#3a3f47'),
    line('M-92 -176C-60 -206 60 -206 92 -176', darker(colour, 0.5), 3, 'opacity=".6"'),
    line('M-92 -170C-60 -200 60 -200 92 -170', '#f4ead6', 4, 'stroke-dasharray="4 4"'),
    box(62, -186, 10, 26, 5, '#e79a2d'),
    path(pocket, pen.soft(lighter(colour, 0.16))),
    line('M-66 -112Q0 -124 66 -112', darker(colour, 0.45), 3),
    line(pocket, lighter(colour, 0.55), 1.8, 'stroke-dasharray="5 5" opacity=".9"'),
    oval(0, -70, 36, 34, darker(colour, 0.42)),
    put(falcon, { x: -1, y: -74, k: 0.66 }),
    path('M-78 -220C-96 -170 -98 -100 -94 -50C-86 -110 -86 -170 -62 -226z', '#fff', 'opacity=".2"'),
  ].join('')
}

export function romper(pen: Pen, colour: string): string {
  const d =
    'M-32 -266C-18 -252 18 -252 32 -266C52 -262 70 -252 80 -240L128 -176L98 -152L72 -184C72 -150 76 -120 78 -96C80 -60 74 -24 68 0H18C14 -26 8 -48 0 -60C-8 -48 -14 -26 -18 0H-68C-74 -24 -80 -60 -78 -96C-76 -120 -72 -150 -72 -184L-98 -152L-128 -176L-80 -240C-70 -252 -52 -262 -32 -266z'
  const print = repeat(26, (index) =>
    put(palm(darker(colour, 0.36)), {
      x: -112 + (index % 7) * 37 + (Math.floor(index / 7) % 2) * 18,
      y: -196 + Math.floor(index / 7) * 62,
      k: 0.34,
    }),
  )
  const cuff = (d: string) => line(d, lighter(colour, 0.6), 13)
  return [
    path(d, pen.soft(lighter(colour, 0.3))),
    pen.within(
      d,
      print +
        cuff('M-128 -176L-98 -152M128 -176L98 -152M-70 -4H-16M16 -4H70') +
        pen.blur(4, path('M40 -250C80 -180 84 -60 60 10L140 0V-260z', '#1a0e0c', 'opacity=".14"')),
    ),
    path('M-32 -266C-18 -252 18 -252 32 -266C22 -236 -22 -236 -32 -266z', darker(colour, 0.35)),
    line('M-34 -266C-22 -232 22 -232 34 -266', lighter(colour, 0.65), 8),
    line('M0 -240V-62C4 -46 10 -30 14 -6', '#fffaf0', 5),
    line('M0 -240V-62C4 -46 10 -30 14 -6', darker(colour, 0.5), 1.6, 'stroke-dasharray="2 3"'),
    box(-5, -238, 10, 18, 4, '#e79a2d'),
    line(d, darker(colour, 0.4), 1.4, 'opacity=".4"'),
  ].join('')
}

export function rattle(pen: Pen, colour: string): string {
  const wood = pen.soft('#e0b57c')
  return (
    box(-8, -96, 16, 70, 7, wood) +
    oval(0, -18, 18, 18, wood) +
    `<circle cx="0" cy="-128" r="36" fill="none" stroke="${pen.soft('#d6a86a')}" stroke-width="15"/>` +
    repeat(3, (index) =>
      oval(-26 + index * 26, -128 + (index === 1 ? 36 : 0), 12, 12, [colour, '#e79a2d', '#fbf3e4'][index] ?? colour),
    ) +
    path('M-34 -140A36 36 0 0 1 -6 -164', 'none', 'stroke="#fff" stroke-width="4" opacity=".5" stroke-linecap="round"')
  )
}
