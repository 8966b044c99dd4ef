import { darker, lighter } from './colour.ts'
import { datesHeap } from './dates.ts'
import { cloth } from './garments.ts'
import { palmBasket } from './interior.ts'
import { leaf, star } from './ornament.ts'
import { box, line, oval, path, put, repeat, seeded } from './shapes.ts'
import { coffeeBag, finjan, honeyJar } from './table.ts'
import { plushCamel, rattle } from './toys.ts'
import type { Pen } from './pen.ts'

export function bow(colour: string): string {
  const loop =
    path('M0 0C-20 -40 -74 -48 -76 -18C-76 10 -24 12 0 0z', colour) +
    path('M-8 -4C-28 -26 -58 -30 -60 -16C-58 -4 -28 0 -8 -4z', darker(colour, 0.34))
  return (
    path('M-6 0L-44 54L-24 50L-14 62L6 4zM6 0L44 54L24 50L14 62L-6 4z', darker(colour, 0.14)) +
    loop +
    put(loop, { flip: true }) +
    oval(0, 0, 14, 12, lighter(colour, 0.2))
  )
}

/** A gift box from a corner, closed, with a ribbon and a crescent on the lid's face. */
export function giftBox(pen: Pen, colour: string, ribbon: string): string {
  return [
    path(
      'M-128 -110V-18L0 22V-66z',
      pen.across([
        [0, lighter(colour, 0.16)],
        [1, colour],
      ]),
    ),
    path('M128 -110V-18L0 22V-66z', darker(colour, 0.26)),
    path('M-140 -132V-98L0 -50V-86z', lighter(colour, 0.2)),
    path('M140 -132V-98L0 -50V-86z', darker(colour, 0.14)),
    path(
      'M-140 -132L4 -182L140 -132L0 -86z',
      pen.slant([
        [0, lighter(colour, 0.42)],
        [1, lighter(colour, 0.1)],
      ]),
    ),
    path('M-78 -110L-54 -102V6L-78 -2zM54 -102L78 -110V-2L54 6z', ribbon),
    path('M-78 -153L62 -106L84 -114L-56 -161zM78 -154L-62 -106L-84 -114L56 -162z', ribbon),
    path('M-84 -114L-54 -104V-68L-84 -78zM84 -114L54 -104V-68L84 -78z', darker(ribbon, 0.16)),
    put(star(8, 10, lighter(colour, 0.4)), { x: -30, y: -34 }),
    put(bow(ribbon), { x: 2, y: -136, k: 1.1 }),
  ].join('')
}

/** The same box open, seen from the front, with the Ramadan table inside. */
export function ramadanBox(pen: Pen, colour: string): string {
  const face = pen.across([
    [0, lighter(colour, 0.22)],
    [0.5, colour],
    [1, darker(colour, 0.3)],
  ])
  return [
    path(
      'M-150 -84L-138 -256H138L150 -84z',
      pen.down([
        [0, colour],
        [1, darker(colour, 0.35)],
      ]),
    ),
    path(
      'M-140 -90L-129 -246H129L140 -90z',
      pen.down([
        [0, '#f3dfb4'],
        [1, '#fbf1da'],
      ]),
    ),
    put(path('M10 -18A20 20 0 1 0 10 18A16 16 0 1 1 10 -18z', '#d9a441') + star(8, 8, '#d9a441'), { y: -212 }),
    put(coffeeBag(pen, '#2f6f6a', '#7a4a22'), { x: -86, y: -46, k: 0.66 }),
    put(honeyJar(pen), { x: 92, y: -48, k: 0.58 }),
    put(finjan(pen, '#b3243b', false), { x: -8, y: -76, k: 1.02 }),
    put(finjan(pen, '#2f7d84', false), { x: 32, y: -64, k: 1.02 }),
    put(datesHeap(pen, [6, 5], 30, 15, 8), { x: -4, y: -66, k: 0.86 }),
    repeat(16, (index) =>
      path(
        `M${-136 + index * 17} -66q10 -16 20 -2t16 -6`,
        'none',
        'stroke="#e3c27a" stroke-width="3.4" stroke-linecap="round"',
      ),
    ),
    box(-156, -74, 312, 78, 8, face),
    line('M-144 -62H144V-8H-144z', '#d9b25f', 2),
    repeat(5, (index) => put(star(8, index === 2 ? 19 : 12, '#d9b25f'), { x: -104 + index * 52, y: -35 })),
  ].join('')
}

export function chocolateTray(pen: Pen): string {
  const papers = [
    ['#d9a441', '#f8df9e'],
    ['#b3243b', '#e5808e'],
    ['#2f7d84', '#8ccdd0'],
    ['#5d3620', '#b58a66'],
  ] as const
  const sweet = (index: number) => {
    const [own, shine] = papers[index % 4] ?? papers[0]
    return (
      path('M-26 0L-42 -11L-38 0L-42 11zM26 0L42 -11L38 0L42 11z', own) +
      box(
        -27,
        -18,
        54,
        36,
        13,
        pen.slant([
          [0, shine],
          [0.5, own],
          [1, darker(own, 0.34)],
        ]),
      ) +
      line('M-16 -8L6 -12M-18 6L12 2', '#fff', 3, 'opacity=".55"')
    )
  }
  const ring = (count: number, reach: number, from: number) =>
    repeat(count, (index) => {
      const angle = from + (index / count) * Math.PI * 2
      return put(oval(4, 8, 34, 20, '#1a0e0c', 'opacity=".25"') + sweet(index + count), {
        x: Math.cos(angle) * reach,
        y: Math.sin(angle) * reach,
        turn: (angle * 180) / Math.PI + 68,
      })
    })
  return [
    pen.blur(7, oval(12, 16, 166, 164, '#1c1208', 'opacity=".34"')),
    oval(
      0,
      0,
      166,
      166,
      pen.slant([
        [0, '#f8df9e'],
        [0.5, '#c48f33'],
        [1, '#70480f'],
      ]),
    ),
    oval(
      0,
      0,
      154,
      154,
      pen.slant([
        [0, '#a8741f'],
        [0.5, '#f2cf7d'],
        [1, '#f8e6b4'],
      ]),
    ),
    oval(0, 0, 146, 146, 'none', 'stroke="#8a5d1c" stroke-width="2" stroke-dasharray="2 6"'),
    ring(10, 112, 0.2),
    ring(6, 58, 0),
    put(sweet(1), { turn: -20 }),
  ].join('')
}

/** A rug hanging from a rod, its arch woven in, with beads beside it. */
export function prayerRug(pen: Pen, colour: string): string {
  const pale = '#efdcae'
  const arch = 'M-58 -28V-206C-58 -252 -24 -262 0 -290C24 -262 58 -252 58 -206V-28z'
  const d = 'M-96 -340H96V-6Q0 2 -96 -6z'
  const fringe = repeat(33, (index) => line(`M${-94 + index * 5.9} -6v${16 + (index % 2) * 4}`, pale, 2.6))
  const border = repeat(
    17,
    (index) =>
      put(star(8, 7, pale), { x: -84, y: -328 + index * 19.6 }) +
      put(star(8, 7, pale), { x: 84, y: -328 + index * 19.6 }),
  )
  return [
    fringe,
    path(d, colour),
    pen.within(
      d,
      [
        line('M-72 -344V4M72 -344V4M-72 -318H72M-72 -24H72', pale, 4),
        border,
        path(arch, darker(colour, 0.45)),
        line(arch, pale, 4),
        line('M-48 -34V-204C-48 -240 -20 -250 0 -272C20 -250 48 -240 48 -204V-34', lighter(colour, 0.35), 2.4),
        line('M0 -272V-226', pale, 2),
        put(path('M-12 0H12L18 22L0 40L-18 22z', '#e3b458'), { y: -226 }),
        put(star(8, 22, lighter(colour, 0.4)), { y: -110 }) + put(star(8, 12, pale), { y: -110 }),
        repeat(5, (index) => put(leaf(lighter(colour, 0.35), 30), { y: -46, turn: -150 + index * 30 })),
        put(star(8, 12, pale), { x: -50, y: -296 }) + put(star(8, 12, pale), { x: 50, y: -296 }),
        path(
          d,
          pen.across([
            [0, '#1a0e0c', 0.2],
            [0.25, '#ffffff', 0.16],
            [0.6, '#1a0e0c', 0],
            [1, '#1a0e0c', 0.3],
          ]),
        ),
      ].join(''),
    ),
    box(-112, -350, 224, 13, 6, pen.soft('#8a5a36')),
    oval(-114, -344, 9, 9, '#d9b25f') + oval(114, -344, 9, 9, '#d9b25f'),
  ].join('')
}

export function prayerBeads(pen: Pen): string {
  const bead = (x: number, y: number, r: number) =>
    `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r}" fill="${pen.glow([
      [0, '#e6c08a'],
      [0.6, '#a8743f'],
      [1, '#6b4420'],
    ])}"/>`
  return (
    repeat(27, (index) => {
      const angle = -Math.PI / 2 + ((index + 1) / 28) * Math.PI * 2
      return bead(Math.cos(angle) * 46, Math.sin(angle) * 34, 6.4)
    }) +
    bead(0, -36, 8) +
    bead(4, -50, 6) +
    path('M0 -56H10L18 -84L6 -78L-6 -86z', '#b3243b')
  )
}

export function newbornBasket(pen: Pen, colour: string): string {
  const blanket = 'M-92 -150C-100 -220 -40 -236 0 -228C50 -238 100 -216 92 -150C60 -136 -60 -136 -92 -150z'
  return [
    put(plushCamel(pen, true), { x: 62, y: -120, k: 0.6 }),
    put(rattle(pen, colour), { x: -78, y: -130, k: 1, turn: -24 }),
    put(
      cloth(
        pen,
        blanket,
        lighter(colour, 0.3),
        [
          'M-60 -220C-50 -190 -56 -160 -62 -140',
          'M-10 -224C-6 -190 -10 -160 -12 -140',
          'M40 -226C44 -190 40 -160 44 -140',
        ],
        line('M-90 -172Q0 -150 92 -172', '#fffaf0', 4, 'stroke-dasharray="3 7"'),
      ),
      { y: 28 },
    ),
    pen.within('M-140 -152Q0 -122 140 -152V20H-140z', palmBasket(pen)),
    put(bow(colour), { y: -84, k: 0.9 }),
  ].join('')
}

export function driedBouquet(pen: Pen, colour: string): string {
  const random = seeded(17)
  const stems = repeat(17, (index) =>
    line(
      `M0 -60Q${(index - 8) * 5} -160 ${(index - 8) * 15} ${-250 - (8 - Math.abs(index - 8)) * 8}`,
      index % 2 ? '#a89a5e' : '#8a7a48',
      3,
    ),
  )
  const heads = repeat(17, (index) => {
    const [x, y] = [(index - 8) * 15, -250 - (8 - Math.abs(index - 8)) * 8]
    const turn = (index - 8) * 6
    if (index % 4 === 0)
      return put(
        repeat(7, (spike) =>
          put(path('M0 0C-5 -20 -4 -44 0 -60C4 -44 5 -20 0 0z', spike % 2 ? '#c9b27a' : '#e0cb94'), {
            turn: (spike - 3) * 14,
          }),
        ),
        { x, y: y + 24, turn },
      )
    if (index % 4 === 1)
      return put(
        path('M0 14C-12 6 -13 -22 0 -42C13 -22 12 6 0 14z', '#f6ead2') +
          line('M-4 -20L-9 -26M4 -20L9 -26M0 -30V-40', '#e0cb9e', 2),
        { x, y, turn },
      )
    if (index % 4 === 2)
      return put(
        oval(-8, 0, 13, 12, '#fffaf0') +
          oval(9, -3, 13, 12, '#f6efe0') +
          oval(0, -12, 12, 12, '#ffffff') +
          path('M-14 8Q0 18 14 8L0 20z', '#7a5a3a'),
        { x, y, turn },
      )
    return put(
      repeat(12, () =>
        oval(
          (random() - 0.5) * 34,
          (random() - 0.5) * 36 - 8,
          6.5,
          6.5,
          [colour, lighter(colour, 0.3), darker(colour, 0.2)][Math.floor(random() * 3)] ?? colour,
        ),
      ),
      { x, y },
    )
  })
  return [
    path('M-20 0L-12 -70H12L22 0L10 -4L4 2L-4 -4L-12 2z', '#a89a5e'),
    stems,
    heads,
    repeat(9, (index) =>
      put(
        repeat(9, () =>
          oval(
            (random() - 0.5) * 34,
            (random() - 0.5) * 30,
            6.5,
            6.5,
            [colour, lighter(colour, 0.34), darker(colour, 0.16)][Math.floor(random() * 3)] ?? colour,
          ),
        ),
        { x: -80 + index * 20, y: -226 - (index % 2) * 28 },
      ),
    ),
    path(
      'M-108 -214L-24 -44H24L108 -214C70 -176 40 -190 0 -166C-40 -190 -70 -176 -108 -214z',
      pen.across([
        [0, '#a97c4c'],
        [0.3, '#dcb684'],
        [0.6, '#c79a66'],
        [1, '#94683a'],
      ]),
    ),
    path('M0 -166L24 -44H-6z', '#8a5f34', 'opacity=".3"'),
    line('M-92 -196L-20 -50M92 -196L20 -50', '#f0d6a8', 2, 'opacity=".6"'),
    put(bow(colour), { y: -58, k: 0.74 }),
  ].join('')
}

/** A boom under two lateen sails on its stand. */
export function dhowModel(pen: Pen): string {
  const teak = pen.down([
    [0, '#b07a48'],
    [0.5, '#8a5a30'],
    [1, '#54331a'],
  ])
  const sail = (d: string) =>
    path(
      d,
      pen.across([
        [0, '#fffaf0'],
        [0.5, '#f1e2c2'],
        [1, '#cdb58a'],
      ]),
    )
  const hull =
    'M-160 -118C-120 -88 -60 -76 20 -78C80 -80 120 -92 146 -128L158 -124C150 -70 120 -30 70 -22H-70C-116 -30 -146 -72 -160 -118z'
  return [
    line('M-20 -74L-2 -312', '#6b4424', 7),
    line('M74 -82L84 -246', '#6b4424', 6),
    sail('M-96 -116C-90 -210 -30 -300 58 -352C40 -270 38 -180 40 -104C-10 -96 -60 -100 -96 -116z'),
    line('M-104 -108L66 -360', '#54331a', 6),
    line(
      'M-78 -130C-40 -122 0 -122 40 -124M-62 -168C-30 -160 6 -160 40 -162M-38 -208C-14 -202 12 -202 42 -206',
      '#b89a6a',
      1.8,
      'opacity=".7"',
    ),
    sail('M58 -104C60 -170 96 -234 148 -272C138 -210 138 -150 140 -108C112 -98 84 -96 58 -104z'),
    line('M52 -96L154 -282', '#54331a', 5),
    line('M-158 -118L-104 -108M66 -360L146 -128M-2 -312L-140 -106M-2 -312L110 -90', '#6b5a44', 1.3),
    path(hull, teak),
    pen.within(
      hull,
      line(
        'M-170 -96C-110 -64 -40 -58 30 -60C90 -62 130 -76 160 -106M-150 -72C-100 -44 -40 -40 30 -42C80 -44 120 -54 150 -84',
        '#3d2412',
        2,
        'opacity=".6"',
      ) +
        path(
          'M-166 -124C-120 -92 -60 -80 20 -82C80 -84 120 -96 150 -132L160 -120C130 -86 90 -72 20 -70C-60 -68 -120 -82 -166 -112z',
          '#e8d9b8',
        ) +
        repeat(9, (index) => oval(-96 + index * 26, -74 + Math.abs(index - 4) * -1.6, 2.6, 2.6, '#2f7d84')),
    ),
    path('M-160 -118L-186 -150L-178 -152L-150 -122z', '#54331a'),
    path('M112 -100L112 -126L150 -136V-120z', '#8a5a30') + line('M116 -124L150 -134', '#e3bf70', 3),
    path('M70 -352L92 -346L70 -340z', '#b3243b'),
    path('M-54 -24L-66 -2H-34L-26 -24zM54 -24L66 -2H34L26 -24z', pen.soft('#5d3620')),
    box(-110, -8, 220, 16, 5, pen.soft('#6b4424')),
    box(-34, -5, 68, 10, 2, pen.metal('gold')),
  ].join('')
}
