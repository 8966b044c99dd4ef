import {
  drumSpeaker,
  earbuds,
  electricBurner,
  hardCase,
  headphones,
  powerBank,
  projector,
  smartwatch,
} from './devices.ts'
import { each, swatch } from './palette.ts'
import { picture, stand } from './scenes.ts'
import { put } from './shapes.ts'
import type { Pictures } from './pictures.ts'

export const electronicsPictures: Pictures = [
  ...each('nasma-headphones', ['teal', 'black', 'sand'], (colour) =>
    picture('sky', 'sun', (pen) => stand(pen, headphones(pen, colour), 108, { y: 364, k: 1.06 })),
  ),
  [
    'nasma-headphones-case',
    () =>
      picture(
        'mist',
        'room',
        (pen) =>
          stand(pen, hardCase(pen, '#3d4a52'), 86, { x: 278, y: 346, k: 1.06 }) +
          stand(pen, headphones(pen, swatch('teal')), 108, { x: 158, y: 386, k: 0.86 }),
      ),
  ],
  ...each('hamsa-earbuds', ['white', 'mint', 'graphite'], (colour) =>
    picture('mist', 'plinth', (pen) => stand(pen, earbuds(pen, colour), 84, { y: 346, k: 1.06 })),
  ),
  ...each('duff-speaker', ['coral', 'navy', 'sand'], (colour) =>
    picture('sea', 'palm', (pen) => stand(pen, drumSpeaker(pen, colour), 96, { x: 186, y: 366, k: 1.14 })),
  ),
  [
    'duff-speaker-pair',
    () =>
      picture(
        'sand',
        'sun',
        (pen) =>
          stand(pen, drumSpeaker(pen, swatch('navy')), 92, { x: 262, y: 344, k: 0.84 }) +
          stand(pen, drumSpeaker(pen, swatch('coral')), 92, { x: 140, y: 384, k: 0.92 }),
      ),
  ],
  ...each('nabd-smartwatch', ['graphite', 'rose'], (colour) =>
    picture('mint', 'table', (pen) => put(smartwatch(pen, colour), { x: 200, y: 220, turn: -12, k: 1 })),
  ),
  [
    'nabd-smartwatch-detail',
    () =>
      picture('mint', 'close', (pen) => put(smartwatch(pen, swatch('graphite')), { x: 206, y: 216, turn: 6, k: 1.9 })),
  ],
  ...each('zad-power-bank', ['teal', 'coral'], (colour) =>
    picture('honey', 'room', (pen) => stand(pen, powerBank(pen, colour), 78, { y: 366, k: 1.1 })),
  ),
  ...each('dukhoon-electric-burner', ['black', 'white', 'rose'], (colour) =>
    picture('clay', 'arch', (pen) => stand(pen, electricBurner(pen, colour), 58, { y: 366, k: 1.06 })),
  ),
  [
    'sitara-projector-front',
    () => picture('night', 'room', (pen) => stand(pen, projector(pen), 110, { x: 216, y: 362, k: 1.14 })),
  ],
]
