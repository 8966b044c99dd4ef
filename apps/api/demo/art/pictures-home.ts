import { brassTray, candle, cupsOnTray, cushion, lantern, palmBasket, ribbedVase, starlight } from './interior.ts'
import { each, swatch } from './palette.ts'
import { closeUp, picture, stand } from './scenes.ts'
import { faded, put } from './shapes.ts'
import { dallah, finjan } from './table.ts'
import type { Metal } from './colour.ts'
import type { Pictures } from './pictures.ts'
import type { Hue } from './scenes.ts'

const pot = (metal: Metal, paint: Metal, hue: Hue) =>
  [
    `majlis-dallah-${metal}`,
    () => picture(hue, 'arch', (pen) => stand(pen, dallah(pen, paint), 84, { x: 212, y: 366, k: 1.06 })),
  ] as const

const scented = (id: string, hue: Hue, colour: string) =>
  [
    `sikka-candle-${id}`,
    () => picture(hue, 'arch', (pen) => stand(pen, candle(pen, colour), 66, { y: 366, k: 1.16 })),
  ] as const

export const homePictures: Pictures = [
  pot('brass', 'brass', 'sand'),
  pot('steel', 'silver', 'sky'),
  pot('copper', 'copper', 'olive'),
  [
    'majlis-dallah-cups',
    () =>
      picture(
        'honey',
        'room',
        (pen) =>
          stand(pen, brassTray(pen, 160), 160, { y: 356, k: 1.1 }) +
          put(dallah(pen), { x: 236, y: 344, k: 0.96 }) +
          put(finjan(pen, '#2f7d84'), { x: 112, y: 356, k: 1.1 }) +
          put(finjan(pen, '#2f7d84'), { x: 158, y: 366, k: 1.2 }),
      ),
  ],
  ['majlis-dallah-detail', () => picture('sand', 'close', (pen) => closeUp(dallah(pen), 6, -66, 2.4))],
  ...each('finjan-cups', ['teal', 'red', 'indigo'], (colour) =>
    picture('sand', 'sun', (pen) => stand(pen, cupsOnTray(pen, colour), 168, { y: 362, k: 1.08 })),
  ),
  ['fanous-lantern-front', () => picture('olive', 'room', (pen) => stand(pen, lantern(pen), 62, { y: 372, k: 1.1 }))],
  [
    'fanous-lantern-night',
    () =>
      picture(
        'night',
        'room',
        (pen) =>
          put(faded(0.5, pen.blur(1.6, starlight(170))), { x: 200, y: 366 }) +
          stand(pen, lantern(pen), 62, { y: 372, k: 1 }),
      ),
  ],
  ...each('sadu-cushion', ['red', 'indigo', 'brown'], (colour) =>
    picture('sand', 'room', (pen) => stand(pen, cushion(pen, colour), 122, { y: 374, k: 1.14 })),
  ),
  [
    'sadu-cushion-stack',
    () =>
      picture(
        'clay',
        'palm',
        (pen) =>
          stand(pen, cushion(pen, swatch('indigo')), 110, { x: 268, y: 342, k: 0.86, turn: 7 }) +
          stand(pen, cushion(pen, swatch('brown')), 110, { x: 132, y: 352, k: 0.84, turn: -8 }) +
          stand(pen, cushion(pen, swatch('red')), 110, { x: 206, y: 386, k: 0.84 }),
      ),
  ],
  ...each('raml-vase', ['terracotta', 'cream', 'sky'], (colour) =>
    picture('olive', 'sun', (pen) => stand(pen, ribbedVase(pen, colour), 52, { y: 376, k: 0.92 })),
  ),
  [
    'raml-vase-trio',
    () =>
      picture(
        'sand',
        'room',
        (pen) =>
          stand(pen, ribbedVase(pen, swatch('cream')), 46, { x: 98, y: 356, k: 0.74 }) +
          stand(pen, ribbedVase(pen, swatch('sky')), 46, { x: 306, y: 360, k: 0.68 }) +
          stand(pen, ribbedVase(pen, swatch('terracotta')), 50, { x: 204, y: 386, k: 0.82 }),
      ),
  ],
  scented('bakhoor', 'clay', '#8a4b3c'),
  scented('jasmine', 'olive', '#d8c9a0'),
  scented('fig', 'mint', '#5f7d54'),
  [
    'sikka-candle-trio',
    () =>
      picture(
        'plum',
        'room',
        (pen) =>
          stand(pen, candle(pen, '#d8c9a0'), 64, { x: 98, y: 356, k: 0.86 }) +
          stand(pen, candle(pen, '#5f7d54'), 64, { x: 304, y: 356, k: 0.86 }) +
          stand(pen, candle(pen, '#8a4b3c'), 64, { x: 200, y: 386, k: 0.98 }),
      ),
  ],
  ['khoos-basket-front', () => picture('mint', 'room', (pen) => stand(pen, palmBasket(pen), 96, { y: 368, k: 1.22 }))],
  ['khoos-basket-detail', () => picture('mint', 'close', (pen) => closeUp(palmBasket(pen), 10, -128, 2.3))],
]
