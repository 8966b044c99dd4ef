import { darker, lighter, mix } from './colour.ts'
import { star } from './ornament.ts'
import { box, faded, line, oval, path, put, repeat } from './shapes.ts'
import type { Pen } from './pen.ts'

/** A piece of cloth: its outline in one colour, with soft folds that stay inside it. */
export function cloth(pen: Pen, d: string, colour: string, folds: readonly string[] = [], inside = ''): string {
  const fading = (tone: string) =>
    pen.down([
      [0, tone, 0],
      [0.4, tone, 1],
      [1, tone, 1],
    ])
  const dark = folds.map((fold) => line(fold, fading(darker(colour, 0.55)), 9, 'opacity=".3"')).join('')
  const light = folds
    .map((fold) => put(line(fold, fading(lighter(colour, 0.6)), 6, 'opacity=".26"'), { x: -9 }))
    .join('')
  return path(d, pen.soft(colour)) + pen.within(d, pen.blur(3.2, dark + light) + inside)
}

/** A brass rail along the top of the picture and a wooden hanger on it; the shoulders come 44 below the rail. */
export function hangerOnRail(pen: Pen): string {
  const rail = pen.down([
    [0, '#8d6526'],
    [0.35, '#f8df9e'],
    [1, '#7b561f'],
  ])
  return [
    box(-260, -352, 520, 8, 4, rail),
    line('M0 -316V-330C10 -332 12 -346 0 -348C-8 -349 -11 -342 -9 -338', '#8a6a3a', 4.5),
    line('M-68 -292L0 -318L68 -292', '#a87c47', 8),
    line('M-66 -294L0 -320', '#d9b384', 2.5, 'opacity=".8"'),
  ].join('')
}

const ABAYA =
  'M-38 -298C-20 -284 20 -284 38 -298C74 -290 102 -266 114 -230L144 -132L98 -116L76 -176C78 -116 92 -58 106 -4Q54 8 0 2T-106 -4C-92 -58 -78 -116 -76 -176L-98 -116L-144 -132L-114 -230C-102 -266 -74 -290 -38 -298z'
const FOLDS = [
  'M-40 -210C-46 -120 -62 -60 -72 0',
  'M-14 -190C-18 -110 -22 -60 -24 4',
  'M34 -200C38 -120 40 -60 46 4',
  'M62 -180C66 -110 76 -60 88 0',
]

export function closedAbaya(pen: Pen, colour: string): string {
  const gold = '#d9b25f'
  const stitches = line(
    'M-7 -286C-9 -180 -11 -90 -14 2M7 -286C9 -180 11 -90 14 2',
    gold,
    2.6,
    'stroke-dasharray="1.5 7"',
  )
  const cuffs =
    line('M-140 -144L-98 -129M140 -144L98 -129', gold, 4) +
    line('M-138 -151L-96 -136M138 -151L96 -136', gold, 1.6, 'stroke-dasharray="1 5"')
  const neck = path('M-38 -298C-20 -284 20 -284 38 -298L6 -250Q0 -244 -6 -250z', darker(colour, 0.45))
  const snaps = repeat(5, (index) => put(star(8, 4.5, gold), { y: -232 + index * 36 }))
  const light = path(
    'M-72 -282C-92 -270 -104 -250 -112 -222L-136 -140L-124 -136L-100 -214C-92 -244 -84 -264 -72 -282z',
    '#fff',
    'opacity=".1"',
  )
  return (
    cloth(pen, ABAYA, colour, FOLDS, stitches + cuffs + snaps) +
    neck +
    light +
    line('M-38 -298C-20 -284 20 -284 38 -298', gold, 2.4)
  )
}

export function openAbaya(pen: Pen, colour: string): string {
  const trim = lighter(colour, 0.5)
  const half =
    'M-34 -298C-82 -286 -130 -262 -156 -226Q-170 -168 -160 -118L-94 -132C-94 -88 -100 -44 -108 -2Q-62 8 -18 2C-22 -100 -18 -200 -10 -262z'
  const folds = [
    'M-58 -250C-64 -150 -70 -70 -74 4',
    'M-34 -240C-40 -140 -42 -70 -42 4',
    'M-136 -236C-126 -200 -120 -160 -124 -110',
    'M-100 -262C-92 -210 -90 -170 -92 -120',
  ]
  const edge = line('M-34 -298L-10 -262C-18 -200 -22 -100 -18 2', trim, 5) + line('M-164 -132L-94 -146', trim, 7)
  const front = cloth(pen, half, colour, folds, edge)
  const back = path(
    'M-34 -298Q0 -286 34 -298L30 -2H-30z',
    pen.down([
      [0, darker(colour, 0.5)],
      [1, darker(colour, 0.34)],
    ]),
  )
  const tie = line(
    'M-13 -206C-2 -196 6 -198 14 -206M-2 -200C-6 -186 -8 -178 -6 -168M3 -200C6 -186 6 -178 8 -170',
    trim,
    2.6,
  )
  return back + front + put(front, { flip: true }) + tie
}

export function tassel(colour: string, length = 70): string {
  const threads = repeat(13, (index) =>
    line(
      `M${-6 + index} ${length * 0.3}Q${-10 + index * 1.7} ${length * 0.6} ${-9 + index * 1.5} ${length - (index % 3) * 2}`,
      index % 2 ? colour : darker(colour, 0.2),
      1.9,
    ),
  )
  return (
    line(`M0 0V${length * 0.22}`, darker(colour, 0.1), 4) +
    threads +
    oval(0, length * 0.26, 7.5, 8, lighter(colour, 0.2)) +
    line(`M-6 ${length * 0.34}H6`, darker(colour, 0.25), 2)
  )
}

export function kandura(pen: Pen, colour: string): string {
  const shade = darker(colour, 0.3)
  const d =
    'M-30 -300C-16 -288 16 -288 30 -300C56 -294 80 -280 88 -258L128 -122L94 -110L66 -190C66 -120 72 -60 78 -2Q40 6 0 2T-78 -2C-72 -60 -66 -120 -66 -190L-94 -110L-128 -122L-88 -258C-80 -280 -56 -294 -30 -300z'
  const folds = ['M-40 -220C-42 -130 -46 -60 -52 2', 'M44 -210C46 -130 50 -60 58 2', 'M20 -150C22 -90 22 -40 24 4']
  const placket =
    line('M-7 -288V-186L0 -180L7 -186V-288', shade, 1.6, 'opacity=".6"') +
    repeat(4, (index) => oval(0, -268 + index * 22, 2.6, 2.6, mix(shade, '#ffffff', 0.25)))
  const pocket = line('M26 -232h30v30q-15 7 -30 0z', shade, 1.5, 'opacity=".45"')
  const cuffs = line('M-124 -132L-91 -120M124 -132L91 -120', shade, 1.8, 'opacity=".5"')
  const neck =
    path('M-30 -300C-16 -288 16 -288 30 -300C20 -272 -20 -272 -30 -300z', darker(colour, 0.34)) +
    line('M-30 -300C-20 -272 20 -272 30 -300', lighter(colour, 0.4), 3.5) +
    line('M-31 -298C-20 -268 20 -268 31 -298', shade, 1.3, 'opacity=".5"')
  const outline = line(d, shade, 1.4, 'opacity=".35"')
  return (
    cloth(pen, d, colour, folds, placket + pocket + cuffs) +
    outline +
    neck +
    put(tassel(mix(colour, '#fff8ea', 0.3), 74), { x: 3, y: -277 }) +
    put(faded(0.25, line('M0 10V70', '#4a3a28', 3)), { x: 12, y: -270 })
  )
}

/** Braid as worked in Ras Al Khaimah: two gold edges with a zigzag between. Runs along x from 0. */
export function talli(length: number, width = 12): string {
  const count = Math.round(length / 9)
  const zigzag = `M0 0${repeat(count, (index) => `L${(index + 0.5) * (length / count)} ${index % 2 ? width * 0.32 : -width * 0.32}`)}L${length} 0`
  return (
    line(`M0 ${-width / 2}H${length}M0 ${width / 2}H${length}`, '#e3bf70', 2.4) +
    line(zigzag, '#f8e6b4', 1.8) +
    line(`M0 0H${length}`, '#c9983f', 1, 'stroke-dasharray="1 4"')
  )
}

export function jalabiya(pen: Pen, colour: string): string {
  const d =
    'M-32 -298C-18 -286 18 -286 32 -298C66 -290 92 -272 108 -244L164 -116Q134 -88 102 -96L70 -182C76 -112 100 -50 124 -6Q60 10 0 4T-124 -6C-100 -50 -76 -112 -70 -182L-102 -96Q-134 -88 -164 -116L-108 -244C-92 -272 -66 -290 -32 -298z'
  const folds = [...FOLDS, 'M0 -120C2 -70 0 -30 2 6']
  const hem = put(talli(260, 13), { x: -130, y: -16 })
  const front = put(talli(206, 15), { y: -222, turn: 90 })
  const cuff = put(talli(70, 11), { x: -164, y: -126, turn: 25 })
  const yoke = path(
    'M-34 -298C-60 -250 -34 -214 0 -204C34 -214 60 -250 34 -298C18 -284 -18 -284 -34 -298z',
    darker(colour, 0.25),
  )
  const rings = [0, 1, 2].map((index) =>
    line(
      `M${-38 + index * 7} ${-286 + index * 3}C${-56 + index * 11} -252 ${-34 + index * 9} ${-222 - index * 9} 0 ${-213 - index * 12}C${34 - index * 9} ${-222 - index * 9} ${56 - index * 11} -252 ${38 - index * 7} ${-286 + index * 3}`,
      ['#e3bf70', '#f8e6b4', '#c9983f'][index] ?? '#e3bf70',
      index === 1 ? 4 : 2,
      index === 1 ? 'stroke-dasharray="1 7"' : '',
    ),
  )
  const stars = [-30, 0, 30].map((x) => put(star(8, 6, '#f8e6b4'), { x, y: x === 0 ? -232 : -254 }))
  const inside = hem + front + cuff + put(cuff, { flip: true }) + yoke + rings.join('') + stars.join('')
  return (
    cloth(pen, d, colour, folds, inside) +
    path('M-32 -298C-18 -286 18 -286 32 -298L4 -262Q0 -256 -4 -262z', darker(colour, 0.6))
  )
}

/** A scarf wrapped round a wooden head without a face, one end thrown over the shoulder. */
export function wrappedSheila(pen: Pen, colour: string): string {
  const wood = pen.across([
    [0, '#b98a58'],
    [0.3, '#edc999'],
    [1, '#a5733f'],
  ])
  const hood =
    'M0 -316C66 -316 96 -268 94 -214C92 -172 78 -150 84 -124C96 -96 150 -84 160 -4Q60 10 -10 4T-160 -4C-150 -84 -98 -96 -84 -124C-78 -150 -92 -172 -94 -214C-96 -268 -66 -316 0 -316z'
  const opening =
    'M0 -286C38 -286 60 -254 58 -212C56 -172 30 -138 0 -134C-30 -138 -56 -172 -58 -212C-60 -254 -38 -286 0 -286z'
  const wrap =
    'M-84 -152C-60 -110 30 -84 88 -128C104 -112 112 -84 104 -62C40 -40 -60 -58 -104 -112C-100 -126 -92 -140 -84 -152z'
  const tail = 'M52 -98C84 -104 108 -100 118 -78C132 -40 134 10 128 44Q100 54 70 46C76 0 70 -50 52 -98z'
  const edge = lighter(colour, 0.42)
  const fringe = repeat(13, (index) =>
    line(`M${72 + index * 4.5} 46v${10 + (index % 3) * 2}`, darker(colour, 0.1), 1.8),
  )
  return [
    cloth(pen, hood, darker(colour, 0.08), [
      'M-78 -240C-84 -150 -110 -90 -130 0',
      'M-104 -92C-96 -60 -96 -30 -104 4',
      'M-40 -70C-46 -40 -46 -20 -50 4',
      'M18 -60C16 -40 18 -20 16 4',
    ]),
    path(opening, darker(colour, 0.5)),
    path(
      'M0 -276C34 -276 52 -246 50 -210C48 -170 26 -142 0 -138C-26 -142 -48 -170 -50 -210C-52 -246 -34 -276 0 -276z',
      wood,
    ),
    path('M-26 -264C-42 -246 -44 -200 -30 -172C-34 -204 -34 -240 -18 -264z', '#fff', 'opacity=".3"'),
    line('M-58 -212C-60 -254 -38 -286 0 -286S60 -254 58 -212', edge, 2),
    line('M-74 -250C-64 -290 -30 -306 4 -306', lighter(colour, 0.5), 5, 'opacity=".3"'),
    cloth(
      pen,
      wrap,
      colour,
      ['M-88 -136C-50 -92 40 -76 96 -104', 'M-96 -122C-50 -72 40 -58 100 -84'],
      line(wrap, edge, 1.4, 'opacity=".5"'),
    ),
    fringe,
    cloth(
      pen,
      tail,
      lighter(colour, 0.06),
      ['M76 -96C96 -50 96 0 92 48', 'M98 -96C114 -50 114 0 112 48'],
      line('M68 32Q100 40 132 30', edge, 1.8),
    ),
  ].join('')
}

export function ghutraAndAgal(pen: Pen, colour: string, checked: boolean): string {
  const white = '#f7f3ea'
  const check = checked
    ? pen.tile(
        16,
        `${box(0, 0, 16, 16, 0, white)}${box(0, 0, 8, 8, 0, colour)}${box(8, 8, 8, 8, 0, mix(colour, '#ffffff', 0.18))}`,
      )
    : pen.tile(14, `${box(0, 0, 14, 14, 0, white)}<path d="M0 14L14 0" stroke="#e2dac9" stroke-width="1.4"/>`)
  const layer = (y: number, w: number, tone: number) => {
    const d = `M${-w} ${y - 34}q-10 18 0 34q${w} 12 ${w * 2} 0q10 -16 0 -34z`
    return (
      path(d, check) +
      path(
        d,
        pen.across([
          [0, '#1a0e0c', 0.18],
          [0.25, '#ffffff', 0.18],
          [0.7, '#1a0e0c', 0.04 + tone],
          [1, '#1a0e0c', 0.3],
        ]),
      ) +
      line(`M${-w} ${y}q${w} 12 ${w * 2} 0`, '#4a3a28', 1.6, 'opacity=".3"')
    )
  }
  const top = 'M-132 -96L-70 -156H86L132 -96Q0 -82 -132 -96z'
  const ring = (y: number) =>
    [
      `<path d="M-74 ${y}a74 25 0 0 0 148 0a74 25 0 0 0 -148 0z" fill="none" stroke="#15161c" stroke-width="17"/>`,
      `<path d="M-76 ${y - 4}a76 25 0 0 1 60 -21" fill="none" stroke="#6a7080" stroke-width="3" opacity=".8"/>`,
      `<path d="M-68 ${y + 14}a74 25 0 0 0 60 12" fill="none" stroke="#6a7080" stroke-width="3" opacity=".7" stroke-dasharray="2 4"/>`,
    ].join('')
  return [
    layer(0, 138, 0.06),
    layer(-32, 134, 0.02),
    layer(-62, 132, 0),
    path(top, check) +
      path(
        top,
        pen.slant([
          [0, '#ffffff', 0.35],
          [1, '#1a0e0c', 0.2],
        ]),
      ),
    put(oval(6, 8, 84, 30, '#1a0e0c', 'opacity=".3"'), { x: 4, y: -122 }),
    put(ring(0), { x: 4, y: -126 }),
    put(ring(0), { x: 4, y: -145 }),
    line('M-60 -132C-92 -110 -96 -70 -88 -40', '#15161c', 4.5),
    put(tassel('#22242c', 44), { x: -88, y: -44 }),
  ].join('')
}

/** One sandal from above, toe up; the other foot is its mirror. */
function sandal(pen: Pen, colour: string): string {
  const sole =
    'M0 -124C34 -124 48 -92 42 -56C38 -30 36 -10 38 24C42 70 34 118 0 118S-40 72 -38 26C-36 0 -44 -24 -48 -52C-54 -90 -34 -124 0 -124z'
  const strap = (d: string, width: number) =>
    line(d, darker(colour, 0.5), width + 3) +
    line(
      d,
      pen.across([
        [0, darker(colour, 0.2)],
        [0.35, lighter(colour, 0.3)],
        [1, darker(colour, 0.25)],
      ]),
      width,
    ) +
    line(d, lighter(colour, 0.5), 1.4, 'stroke-dasharray="4 4" opacity=".8"')
  return [
    put(path(sole, '#1c1208', 'opacity=".25"'), { x: 10, y: 10 }),
    path(sole, '#3a2618'),
    put(path(sole, pen.soft(mix(colour, '#c79a63', 0.55))), { k: 0.93 }),
    put(line(sole, lighter(colour, 0.35), 1.8, 'stroke-dasharray="5 5" opacity=".7"'), { k: 0.85 }),
    put(star(8, 11, darker(colour, 0.3)), { y: 80 }),
    strap('M-50 -18C-26 -46 26 -46 44 -14', 26),
    strap('M-4 -44C-10 -64 -10 -78 -12 -92', 11),
    strap('M-42 -4C-20 -16 20 -16 40 0', 9),
    oval(-13, -93, 12, 10, darker(colour, 0.15)),
    oval(-15, -95, 5, 4, lighter(colour, 0.4)),
  ].join('')
}

export function sandals(pen: Pen, colour: string): string {
  return (
    put(sandal(pen, colour), { x: -66, y: -4, turn: -9 }) +
    put(sandal(pen, colour), { x: 68, y: 14, turn: 12, flip: true })
  )
}

/** Folded cloths in a stack, the first at the bottom. */
export function foldedStack(pen: Pen, colours: readonly string[], ribbon = ''): string {
  const layers = colours.map((colour, index) => {
    const y = -index * 50
    const w = 128 - index * 5
    const d = `M${-w} ${y - 46}C${-w - 14} ${y - 44} ${-w - 14} ${y - 2} ${-w} ${y}Q0 ${y + 8} ${w} ${y}C${w + 8} ${y - 12} ${w + 8} ${y - 36} ${w} ${y - 46}Q0 ${y - 40} ${-w} ${y - 46}z`
    const pleats =
      line(`M${-w + 4} ${y - 24}Q0 ${y - 14} ${w + 4} ${y - 24}`, darker(colour, 0.5), 2, 'opacity=".5"') +
      line(`M${-w + 6} ${y - 36}Q0 ${y - 28} ${w} ${y - 36}`, lighter(colour, 0.6), 2, 'opacity=".5"')
    return cloth(pen, d, colour, [], pleats + path(`M${w - 34} ${y - 50}h60v60h-60z`, '#1a0e0c', 'opacity=".12"'))
  })
  const last = colours.length - 1
  const topY = -last * 50 - 46
  const w = 128 - last * 5
  const top = path(
    `M${-w} ${topY}L${-w + 40} ${topY - 32}H${w - 22}L${w} ${topY}Q0 ${topY + 8} ${-w} ${topY}z`,
    lighter(colours[last] ?? '#d3b98f', 0.28),
  )
  return layers.join('') + top + (ribbon ? line(`M-14 ${topY - 32}L-22 ${topY + 4}V4`, ribbon, 9) : '')
}
