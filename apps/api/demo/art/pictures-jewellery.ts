import { bangles, bust, charmBracelet, crescentEarrings, gemRing, pearlNecklace, signet, watch } from './jewels.ts'
import { swatch } from './palette.ts'
import { closeUp, picture, stand } from './scenes.ts'
import { put } from './shapes.ts'
import type { Pictures } from './pictures.ts'

const gem = (key: string, colour: string) =>
  [
    `noor-ring-${key}`,
    () => picture('plum', 'plinth', (pen) => stand(pen, gemRing(pen, colour, 'gold'), 60, { y: 344, k: 1.04 })),
  ] as const

const seal = (key: string, colour: string) =>
  [
    `aqeeq-signet-${key}`,
    () => picture('clay', 'room', (pen) => stand(pen, signet(pen, colour), 70, { y: 360, k: 1.16 })),
  ] as const

const timed = (id: string) =>
  [
    `waqt-watch-${id}`,
    () => picture('mist', 'table', (pen) => put(watch(pen, swatch(id)), { x: 200, y: 218, turn: 14, k: 1.04 })),
  ] as const

export const jewelleryPictures: Pictures = [
  [
    'dana-pearl-necklace-front',
    () =>
      picture('plum', 'arch', (pen) => stand(pen, bust(pen, '#6b2a3c') + pearlNecklace(pen), 92, { y: 384, k: 1.06 })),
  ],
  [
    'dana-pearl-necklace-detail',
    () => picture('plum', 'close', (pen) => closeUp(bust(pen, '#6b2a3c') + pearlNecklace(pen), 0, -132, 2.4)),
  ],
  [
    'souq-bangles-gold',
    () => picture('rose', 'sun', (pen) => stand(pen, bangles(pen, 'gold'), 84, { y: 370, k: 1.12 })),
  ],
  [
    'souq-bangles-rose-gold',
    () => picture('plum', 'sun', (pen) => stand(pen, bangles(pen, 'rose-gold'), 84, { y: 370, k: 1.12 })),
  ],
  gem('emeralds', '#1f8a63'),
  gem('sapphire', '#2c56b8'),
  gem('garnet', '#b3243b'),
  ['noor-ring-detail', () => picture('plum', 'close', (pen) => closeUp(gemRing(pen, '#1f8a63', 'gold'), 4, -168, 2.9))],
  [
    'hilal-earrings-silver',
    () => picture('sky', 'room', (pen) => stand(pen, crescentEarrings(pen, 'silver'), 84, { y: 366, k: 1.14 })),
  ],
  [
    'hilal-earrings-gold',
    () => picture('mint', 'room', (pen) => stand(pen, crescentEarrings(pen, 'gold'), 84, { y: 366, k: 1.14 })),
  ],
  [
    'hilal-earrings-detail',
    () => picture('mint', 'close', (pen) => closeUp(crescentEarrings(pen, 'gold'), -62, -180, 2.5)),
  ],
  seal('aqeeq', '#a8301f'),
  seal('onyx', '#24262e'),
  seal('turquoise', '#2fa3a0'),
  timed('tan'),
  timed('black'),
  timed('navy'),
  [
    'waqt-watch-detail',
    () => picture('mist', 'close', (pen) => put(watch(pen, swatch('tan')), { x: 190, y: 226, turn: -8, k: 2.1 })),
  ],
  [
    'sidra-bracelet-gold',
    () => picture('rose', 'table', (pen) => put(charmBracelet(pen, 'gold'), { x: 200, y: 236, k: 1.16 })),
  ],
  [
    'sidra-bracelet-silver',
    () => picture('sea', 'table', (pen) => put(charmBracelet(pen, 'silver'), { x: 200, y: 236, k: 1.16 })),
  ],
]
