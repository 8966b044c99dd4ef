import { each, swatch } from './palette.ts'
import { picture, stand } from './scenes.ts'
import { dumbbells, football, padelRacket, steelBottle, tennisBall, trainer, yogaMat } from './sport.ts'
import type { Pictures } from './pictures.ts'

export const sportsPictures: Pictures = [
  ...each('freej-football', ['red', 'teal'], (colour) =>
    picture('sand', 'palm', (pen) => stand(pen, football(pen, colour), 76, { y: 366, k: 1.16 })),
  ),
  [
    'freej-football-pair',
    () =>
      picture(
        'sky',
        'room',
        (pen) =>
          stand(pen, football(pen, swatch('teal')), 70, { x: 268, y: 338, k: 0.84, turn: 8 }) +
          stand(pen, football(pen, swatch('red')), 74, { x: 146, y: 382, k: 0.98 }),
      ),
  ],
  ...each('sakina-yoga-mat', ['lilac', 'olive', 'terracotta'], (colour) =>
    picture('sky', 'sun', (pen) => stand(pen, yogaMat(pen, colour), 140, { x: 178, y: 350, k: 1.1 })),
  ),
  [
    'sakina-yoga-mat-stack',
    () =>
      picture('sky', 'room', (pen) =>
        [
          ['terracotta', 184, 372],
          ['olive', 172, 284],
          ['lilac', 190, 196],
        ]
          .map(([id = '', x, y], index) =>
            stand(pen, yogaMat(pen, swatch(String(id))), index === 0 ? 140 : 0, {
              x: Number(x),
              y: Number(y),
              k: 0.78,
            }),
          )
          .join(''),
      ),
  ],
  [
    'jabal-dumbbells-front',
    () => picture('mist', 'room', (pen) => stand(pen, dumbbells(pen), 140, { x: 200, y: 358, k: 1.14 })),
  ],
  ...each('rimal-padel-racket', ['coral', 'teal'], (colour) =>
    picture(
      'sea',
      'room',
      (pen) =>
        stand(pen, padelRacket(pen, colour), 20, { x: 186, y: 392, k: 1.02, turn: 9 }) +
        stand(pen, tennisBall(pen), 28, { x: 304, y: 388 }),
    ),
  ),
  [
    'rimal-padel-racket-pair',
    () =>
      picture(
        'mint',
        'sun',
        (pen) =>
          stand(pen, padelRacket(pen, swatch('teal')), 20, { x: 238, y: 386, k: 0.94, turn: 16 }) +
          stand(pen, padelRacket(pen, swatch('coral')), 20, { x: 160, y: 390, k: 0.94, turn: -16 }),
      ),
  ],
  ...each('barid-bottle', ['teal', 'sand', 'coral'], (colour) =>
    picture('mint', 'room', (pen) => stand(pen, steelBottle(pen, colour), 56, { y: 366, k: 1.18 })),
  ),
  [
    'barid-bottle-trio',
    () =>
      picture(
        'sea',
        'sun',
        (pen) =>
          stand(pen, steelBottle(pen, swatch('sand')), 56, { x: 98, y: 356, k: 0.94 }) +
          stand(pen, steelBottle(pen, swatch('coral')), 56, { x: 304, y: 356, k: 0.94 }) +
          stand(pen, steelBottle(pen, swatch('teal')), 56, { x: 200, y: 382, k: 1.08 }),
      ),
  ],
  ...each('khatwa-trainers', ['sky', 'graphite'], (colour) =>
    picture('honey', 'plinth', (pen) => stand(pen, trainer(pen, colour), 120, { x: 196, y: 346, k: 0.98 })),
  ),
  [
    'khatwa-trainers-pair',
    () =>
      picture(
        'mint',
        'room',
        (pen) =>
          stand(pen, trainer(pen, swatch('sky')), 120, { x: 220, y: 322, k: 0.84 }) +
          stand(pen, trainer(pen, swatch('sky')), 124, { x: 178, y: 388, k: 0.98 }),
      ),
  ],
]
