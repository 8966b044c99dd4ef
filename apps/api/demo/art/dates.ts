import { darker, lighter } from './colour.ts'
import { palm } from './ornament.ts'
import { box, line, oval, path, put, repeat, seeded } from './shapes.ts'
import type { Pen } from './pen.ts'

export function date(pen: Pen, tone: number, filling = ''): string {
  const brown = ['#4a2410', '#5c2f14', '#6d3a18', '#54290f'][tone % 4] ?? '#5c2f14'
  const skin = pen.slant([
    [0, lighter(brown, 0.32)],
    [0.45, brown],
    [1, darker(brown, 0.5)],
  ])
  const wrinkles = line('M-14 -2Q-4 -7 8 -4M-10 5Q2 1 14 4', darker(brown, 0.5), 1.3, 'opacity=".7"')
  return (
    oval(2, 3, 23, 13, '#1a0e0c', 'opacity=".3"') +
    oval(0, 0, 22, 12.5, skin) +
    wrinkles +
    filling +
    line('M-15 -5Q-8 -10 2 -9', '#f0c596', 2.6, 'opacity=".75"')
  )
}

export function datesHeap(pen: Pen, rows: readonly number[], step = 34, rise = 17, seed = 3): string {
  const random = seeded(seed)
  return rows
    .map((count, row) =>
      repeat(count, (index) =>
        put(date(pen, Math.floor(random() * 4)), {
          x: (index - (count - 1) / 2) * step + (random() - 0.5) * 10,
          y: -row * rise + (random() - 0.5) * 6,
          turn: random() * 50 - 25,
        }),
      ),
    )
    .toReversed()
    .join('')
}

/** A wooden box seen from a corner, filled. */
export function dateBox(pen: Pen): string {
  const random = seeded(11)
  const spots = repeat(30, (index) => {
    const [row, column] = [Math.floor(index / 6), index % 6]
    const [x, y] = [-96 + column * 32 + row * 9 - 14, -146 + row * 14 - column * 0.5]
    return put(date(pen, Math.floor(random() * 4)), {
      x: x + random() * 8,
      y: y + random() * 6,
      turn: random() * 60 - 30,
      k: 0.94,
    })
  })
  const grain = (d: string) => line(d, '#5b331a', 1.5, 'opacity=".4"')
  return [
    path('M-146 -132L-4 -176L146 -132L0 -84z', '#4a2812'),
    path('M-128 -132L-4 -169L128 -132L0 -92z', '#f3e3c3'),
    pen.within('M-128 -132L-40 -190H60L128 -132L0 -92z', put(spots, { x: 2, y: 0 })),
    path(
      'M-146 -132V-26L0 22V-84z',
      pen.across([
        [0, '#a8693a'],
        [1, '#8c5429'],
      ]),
    ),
    path(
      'M146 -132V-26L0 22V-84z',
      pen.across([
        [0, '#7c4823'],
        [1, '#643717'],
      ]),
    ),
    line('M-146 -132L0 -84L146 -132', '#d19a62', 3),
    grain('M-140 -98L-6 -54M-140 -64L-6 -20M-140 -44L-60 -18M10 -56L140 -98M10 -20L140 -64'),
    put(
      `<g transform="skewY(18)">${box(-44, -30, 88, 54, 5, '#f3e3c3')}${put(palm('#6f7a3f'), { x: 0, y: 18, k: 0.5 })}</g>`,
      { x: -72, y: -46 },
    ),
  ].join('')
}

/** A flat tray from above with rows of dates, each with its filling. */
export function stuffedTray(pen: Pen, filling: 'almond' | 'pistachio' | 'orange'): string {
  const inside = {
    almond: path('M-11 0C-8 -8 6 -8 13 0C6 8 -8 8 -11 0z', '#e6c08a') + line('M-8 0H9', '#b98450', 1.2),
    pistachio: oval(-5, 0, 6, 5, '#9fb548') + oval(5, 1, 6, 5, '#7f9a34') + line('M-8 -2q4 -3 7 0', '#d6e08c', 1.4),
    orange: box(-12, -4, 24, 8, 3, '#f08a2c') + line('M-8 -2H8', '#ffc680', 1.6),
  }[filling]
  const slit = oval(0, 0, 15, 7.5, '#2e1508')
  const cup = repeat(16, (index) =>
    put(path('M-6 -30Q0 -36 6 -30L4 -20H-4z', index % 2 ? '#b98455' : '#a06d40'), { turn: index * 22.5 }),
  )
  const pieces = repeat(24, (index) => {
    const [x, y] = [-105 + (index % 4) * 70, -140 + Math.floor(index / 4) * 56]
    const paper = oval(0, 0, 27, 27, '#8a5a32') + cup + oval(0, 1, 24, 24, '#6b4324')
    return put(
      put(paper, { k: 0.92 }) + put(date(pen, index, slit + inside), { k: 1.18, turn: -32 + ((index * 37) % 14) }),
      { x, y },
    )
  })
  return [
    pen.blur(7, box(-142, -166, 308, 352, 16, '#1c1208', 'opacity=".35"')),
    box(
      -154,
      -178,
      308,
      356,
      16,
      pen.slant([
        [0, '#e3bf70'],
        [0.5, '#b98a3a'],
        [1, '#7b561f'],
      ]),
    ),
    box(
      -144,
      -168,
      288,
      336,
      10,
      pen.slant([
        [0, '#f9edd2'],
        [1, '#e6d1a4'],
      ]),
    ),
    pieces,
  ].join('')
}
