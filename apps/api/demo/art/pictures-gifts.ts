import {
  chocolateTray,
  dhowModel,
  driedBouquet,
  giftBox,
  newbornBasket,
  prayerBeads,
  prayerRug,
  ramadanBox,
} from './parcels.ts'
import { each, swatch } from './palette.ts'
import { closeUp, picture, stand } from './scenes.ts'
import { put } from './shapes.ts'
import type { Pictures } from './pictures.ts'

export const giftsPictures: Pictures = [
  [
    'ramadan-box-front',
    () => picture('honey', 'room', (pen) => stand(pen, ramadanBox(pen, '#1f5a63'), 150, { y: 364, k: 1.12 })),
  ],
  [
    'ramadan-box-closed',
    () => picture('honey', 'sun', (pen) => stand(pen, giftBox(pen, '#1f5a63', '#e3b458'), 130, { y: 342, k: 1.12 })),
  ],
  [
    'eid-chocolates-front',
    () => picture('clay', 'table', (pen) => put(chocolateTray(pen), { x: 200, y: 222, k: 1.06 })),
  ],
  ...each('rawda-prayer-set', ['emerald', 'indigo', 'maroon'], (colour) =>
    picture(
      'sand',
      'room',
      (pen) =>
        put(prayerRug(pen, colour), { x: 190, y: 384, k: 1.02 }) +
        stand(pen, put(prayerBeads(pen), { y: -14 }), 44, { x: 322, y: 402, k: 0.9 }),
    ),
  ),
  [
    'rawda-prayer-set-detail',
    () => picture('sand', 'close', (pen) => closeUp(prayerRug(pen, swatch('emerald')), 0, -226, 2.3)),
  ],
  ...each('mabrook-newborn-set', ['mint', 'rose', 'sky'], (colour) =>
    picture('sand', 'sun', (pen) => stand(pen, newbornBasket(pen, colour), 96, { y: 376, k: 1.06 })),
  ),
  ...each('zahra-dried-bouquet', ['coral', 'lilac'], (colour) =>
    picture('mist', 'arch', (pen) => stand(pen, driedBouquet(pen, colour), 26, { y: 382, k: 1.02 })),
  ),
  ['dhow-model-front', () => picture('sky', 'room', (pen) => stand(pen, dhowModel(pen), 112, { y: 376, k: 0.98 }))],
  ['dhow-model-detail', () => picture('sky', 'close', (pen) => closeUp(dhowModel(pen), 46, -110, 2))],
]
