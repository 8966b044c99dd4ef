import { lighter } from './colour.ts'
import { each, swatch } from './palette.ts'
import { closeUp, picture, stand } from './scenes.ts'
import { put } from './shapes.ts'
import { archStacker, backpack, letterBlocks, plushCamel, romper, toyDhow, water } from './toys.ts'
import type { Pictures } from './pictures.ts'

const ARCHES = {
  coral: ['#b3243b', '#d9583f', '#e7843f', '#e9a63b', '#e9c46a', '#8ab17d', '#2f7d84'],
  sky: ['#2b3f73', '#35609b', '#4a86b8', '#7fb2cc', '#a9cfd6', '#c9b6d9', '#a98bc9'],
} as const

export const kidsPictures: Pictures = [
  ...each('safina-toy-dhow', ['saffron', 'teal', 'red'], (colour) =>
    picture('sea', 'sun', (pen) => stand(pen, toyDhow(pen, colour), 70, { y: 366, k: 1.06 })),
  ),
  [
    'safina-toy-dhow-bath',
    () =>
      picture(
        'mint',
        'room',
        (pen) =>
          put(toyDhow(pen, swatch('saffron')), { x: 204, y: 352, k: 0.98, turn: -5 }) +
          put(water(pen), { x: 0, y: 322 }),
      ),
  ],
  [
    'naqa-plush-camel-front',
    () => picture('honey', 'room', (pen) => stand(pen, plushCamel(pen), 92, { x: 226, y: 368, k: 1.08 })),
  ],
  [
    'naqa-plush-camel-pair',
    () =>
      picture(
        'sky',
        'sun',
        (pen) =>
          stand(pen, plushCamel(pen), 92, { x: 164, y: 346, k: 0.86, flip: true }) +
          stand(pen, plushCamel(pen), 80, { x: 300, y: 388, k: 0.56 }),
      ),
  ],
  [
    'huruf-blocks-front',
    () => picture('mint', 'sun', (pen) => stand(pen, letterBlocks(pen), 146, { x: 190, y: 366, k: 1.06 })),
  ],
  ['huruf-blocks-detail', () => picture('mint', 'close', (pen) => closeUp(letterBlocks(pen), -16, -112, 2))],
  [
    'qawsi-stacker-coral',
    () => picture('sky', 'room', (pen) => stand(pen, archStacker(pen, ARCHES.coral), 142, { x: 194, y: 360, k: 1.12 })),
  ],
  [
    'qawsi-stacker-sky',
    () => picture('rose', 'room', (pen) => stand(pen, archStacker(pen, ARCHES.sky), 142, { x: 194, y: 360, k: 1.12 })),
  ],
  ...each('rahhal-backpack', ['sky', 'saffron', 'lilac'], (colour) =>
    picture('olive', 'sun', (pen) => stand(pen, backpack(pen, colour), 92, { y: 368, k: 1.1 })),
  ),
  [
    'rahhal-backpack-detail',
    () => picture('olive', 'close', (pen) => closeUp(backpack(pen, swatch('sky')), 10, -92, 2.2)),
  ],
  ...each('nawm-romper', ['mint', 'rose'], (colour) =>
    picture(
      'sand',
      'table',
      (pen) =>
        pen.blur(
          6,
          put(
            `<path d="M-32 -266C52 -262 70 -252 80 -240L128 -176L72 -184C72 -150 80 -60 68 0H-68C-80 -60 -72 -150 -72 -184L-128 -176L-80 -240z" fill="#1c1208" opacity=".3"/>`,
            { x: 212, y: 386, k: 1.24 },
          ),
        ) + put(romper(pen, lighter(colour, 0.08)), { x: 200, y: 376, k: 1.24 }),
    ),
  ),
]
