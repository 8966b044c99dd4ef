import { leaf, limeHalf, rose } from './ornament.ts'
import {
  attarBottle,
  bakhoorTin,
  mabkhara,
  perfumeBox,
  shoulderedBottle,
  sphereBottle,
  squareBottle,
  velvetChest,
  vialSet,
} from './perfume.ts'
import { closeUp, picture, stand } from './scenes.ts'
import { put } from './shapes.ts'
import type { Pen } from './pen.ts'
import type { Pictures } from './pictures.ts'

const LAYL = { smoky: '#8c3a30', rosy: '#b9576b', amber: '#c07a2c' }

const layl = (colour: string) => () =>
  picture('rose', 'room', (pen) => stand(pen, shoulderedBottle(pen, colour), 76, { k: 1.06 }))

const burner = (hue: 'sand' | 'rose' | 'sky', colour: string) => () =>
  picture(hue, 'arch', (pen) => stand(pen, mabkhara(pen, colour), 74, { y: 366, k: 1.02 }))

const roses = (pen: Pen) =>
  [
    [92, 356, 0.84],
    [306, 360, 0.96],
    [262, 384, 0.66],
    [134, 386, 0.6],
  ]
    .map(([x = 0, y = 0, k = 1], index) =>
      put(put(leaf('#6d8a52', 70), { turn: index % 2 ? -20 : 200 }) + rose(pen, index % 2 ? '#d97f8e' : '#e59aa0'), {
        x,
        y,
        k,
      }),
    )
    .join('')

export const oudPictures: Pictures = [
  ['layl-oud-smoky', layl(LAYL.smoky)],
  ['layl-oud-rosy', layl(LAYL.rosy)],
  ['layl-oud-amber', layl(LAYL.amber)],
  [
    'layl-oud-box',
    () =>
      picture(
        'rose',
        'sun',
        (pen) =>
          stand(pen, perfumeBox(pen, '#5d2420'), 66, { x: 258, y: 348, k: 1.18 }) +
          stand(pen, shoulderedBottle(pen, LAYL.smoky), 72, { x: 146, y: 376, k: 0.9 }),
      ),
  ],
  [
    'layl-oud-detail',
    () => picture('rose', 'close', (pen) => closeUp(shoulderedBottle(pen, LAYL.smoky), 6, -150, 2.1)),
  ],
  [
    'wardat-al-jabal-front',
    () => picture('rose', 'plinth', (pen) => stand(pen, sphereBottle(pen, '#e7a0a6'), 66, { y: 346, k: 1.06 })),
  ],
  [
    'wardat-al-jabal-roses',
    () =>
      picture('coral', 'palm', (pen) => stand(pen, sphereBottle(pen, '#e7a0a6'), 66, { y: 356, k: 1.1 }) + roses(pen)),
  ],
  [
    'sahil-cologne-front',
    () => picture('sea', 'room', (pen) => stand(pen, squareBottle(pen, '#3f8fa6'), 64, { k: 1.02 })),
  ],
  [
    'sahil-cologne-lime',
    () =>
      picture(
        'sea',
        'sun',
        (pen) =>
          stand(pen, squareBottle(pen, '#3f8fa6'), 64, { x: 186, k: 0.98 }) +
          stand(pen, put(limeHalf(pen), { y: -32 }), 34, { x: 292, y: 378 }) +
          stand(pen, put(limeHalf(pen), { y: -24, turn: 30 }), 28, { x: 96, y: 386, k: 0.86 }) +
          put(leaf('#5f9a63', 60), { x: 236, y: 384, turn: -18 }) +
          put(leaf('#4c8453', 48), { x: 240, y: 390, turn: 14 }),
      ),
  ],
  [
    'dehn-al-oud-hindi-front',
    () => picture('clay', 'plinth', (pen) => stand(pen, attarBottle(pen, '#7a3d14'), 48, { y: 346, k: 1.06 })),
  ],
  [
    'dehn-al-oud-hindi-chest',
    () =>
      picture(
        'clay',
        'room',
        (pen) =>
          stand(pen, velvetChest(pen, '#6b4024', '#7d2435'), 116, { k: 1.22 }) +
          put(attarBottle(pen, '#7a3d14'), { x: 200, y: 318, k: 0.84 }) +
          put(pen.within('M-140 -76H140V4H-140z', velvetChest(pen, '#6b4024', '#7d2435')), { x: 200, y: 360, k: 1.22 }),
      ),
  ],
  [
    'bakhoor-al-bait-front',
    () => picture('rose', 'room', (pen) => stand(pen, bakhoorTin(pen), 100, { x: 188, y: 362, k: 1.14 })),
  ],
  [
    'bakhoor-al-bait-burning',
    () =>
      picture(
        'plum',
        'arch',
        (pen) =>
          stand(pen, mabkhara(pen, '#8c6a3f'), 74, { x: 158, y: 362, k: 0.94 }) +
          stand(pen, bakhoorTin(pen), 100, { x: 286, y: 384, k: 0.58 }),
      ),
  ],
  ['qibab-mabkhara-teal', burner('sand', '#2f7d84')],
  ['qibab-mabkhara-terracotta', burner('sky', '#b9603f')],
  ['qibab-mabkhara-white', burner('rose', '#ece4d4')],
  [
    'five-nights-set-front',
    () =>
      picture('sea', 'room', (pen) =>
        stand(pen, vialSet(pen, ['#d9c56a', '#e3a3a8', '#a8c8a0', '#c7772f', '#7a2f2a']), 132, { y: 362, k: 1.14 }),
      ),
  ],
]
