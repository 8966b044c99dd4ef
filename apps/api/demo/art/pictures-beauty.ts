import { leafSprig, petal } from './ornament.ts'
import { each, swatch } from './palette.ts'
import { closeUp, picture, stand } from './scenes.ts'
import { put } from './shapes.ts'
import { clayJar, dropperBottle, kohlPot, lipstick, mistBottle, pipette, smear, soapStack } from './toilette.ts'
import type { Pictures } from './pictures.ts'

const PETALS = [
  [110, 378, 20],
  [136, 396, 80],
  [286, 384, -30],
  [310, 398, 40],
  [258, 402, 120],
] as const

export const beautyPictures: Pictures = [
  [
    'zayt-hair-oil-front',
    () =>
      picture(
        'olive',
        'arch',
        (pen) =>
          stand(pen, dropperBottle(pen), 62, { x: 176, y: 364, k: 1.14 }) +
          put(pipette(pen), { x: 272, y: 366 }) +
          put(leafSprig('#6f8f4a'), { x: 104, y: 372, turn: -80 }),
      ),
  ],
  ['zayt-hair-oil-detail', () => picture('olive', 'close', (pen) => closeUp(dropperBottle(pen), 6, -142, 2.2))],
  [
    'ward-rose-mist-front',
    () =>
      picture(
        'rose',
        'arch',
        (pen) =>
          stand(pen, mistBottle(pen), 56, { x: 184, y: 360, k: 1.2 }) +
          PETALS.map(([x, y, turn], index) => put(petal(index % 2 ? '#d9798a' : '#e79aa4'), { x, y, turn })).join(''),
      ),
  ],
  [
    'teen-clay-mask-front',
    () => picture('clay', 'plinth', (pen) => stand(pen, clayJar(pen), 90, { x: 186, y: 346, k: 1.16 })),
  ],
  ...each('naseem-lipstick', ['red', 'brick', 'berry', 'nude'], (colour) =>
    picture(
      'rose',
      'room',
      (pen) =>
        put(smear(pen, colour), { x: 292, y: 176, turn: -28, k: 0.56 }) +
        stand(pen, lipstick(pen, colour), 56, { x: 158, y: 362, k: 1.06 }),
    ),
  ),
  [
    'naseem-lipstick-swatches',
    () =>
      picture('sand', 'table', (pen) =>
        ['red', 'brick', 'berry', 'nude']
          .map((id, index) =>
            put(smear(pen, swatch(id)), {
              x: 196 + (index % 2) * 12,
              y: 78 + index * 94,
              turn: -5 + index * 2,
              k: 0.94,
            }),
          )
          .join(''),
      ),
  ],
  [
    'ithmid-kohl-brass',
    () => picture('plum', 'sun', (pen) => stand(pen, kohlPot(pen, 'brass'), 48, { x: 168, y: 366, k: 1.14 })),
  ],
  [
    'ithmid-kohl-silver',
    () => picture('mist', 'sun', (pen) => stand(pen, kohlPot(pen, 'silver'), 48, { x: 168, y: 366, k: 1.14 })),
  ],
  ['ithmid-kohl-detail', () => picture('plum', 'close', (pen) => closeUp(kohlPot(pen, 'brass'), 8, -122, 2.5))],
  ['ghar-soap-trio-front', () => picture('mint', 'room', (pen) => stand(pen, soapStack(pen), 92, { y: 364, k: 1.16 }))],
]
