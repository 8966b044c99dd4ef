import {
  closedAbaya,
  foldedStack,
  ghutraAndAgal,
  hangerOnRail,
  jalabiya,
  kandura,
  openAbaya,
  sandals,
  wrappedSheila,
} from './garments.ts'
import { each, swatch } from './palette.ts'
import { closeUp, picture, stand } from './scenes.ts'
import { put } from './shapes.ts'
import type { Pen } from './pen.ts'
import type { Pictures } from './pictures.ts'
import type { Hue } from './scenes.ts'

type Garment = (pen: Pen, colour: string) => string

/** Garments are drawn as they lie; hung, they are narrow and reach the floor. */
const long = (body: string) => `<g transform="scale(.8 1.02)">${body}</g>`

const hung = (hue: Hue, garment: Garment, colour: string): string =>
  picture(hue, 'room', (pen) => stand(pen, hangerOnRail(pen) + long(garment(pen, colour)), 84, { y: 398, k: 1.08 }))

export const fashionPictures: Pictures = [
  ...each('sahra-abaya', ['black', 'navy', 'maroon'], (colour) => hung('sky', closedAbaya, colour)),
  [
    'sahra-abaya-detail',
    () => picture('sky', 'close', (pen) => closeUp(closedAbaya(pen, swatch('black')), 4, -222, 2.7)),
  ],
  ...each('nada-open-abaya', ['sand', 'olive', 'mauve'], (colour) => hung('mist', openAbaya, colour)),
  [
    'nada-open-abaya-folded',
    () =>
      picture('mist', 'sun', (pen) =>
        stand(pen, foldedStack(pen, ['olive', 'mauve', 'sand'].map(swatch)), 130, { y: 366, k: 1.02 }),
      ),
  ],
  ...each('bahar-kandura', ['white', 'cream', 'grey'], (colour) => hung('sea', kandura, colour)),
  ['bahar-kandura-detail', () => picture('sea', 'close', (pen) => closeUp(kandura(pen, swatch('white')), 6, -240, 3))],
  ...each('maysoon-jalabiya', ['emerald', 'berry'], (colour) => hung('honey', jalabiya, colour)),
  [
    'maysoon-jalabiya-detail',
    () => picture('honey', 'close', (pen) => closeUp(jalabiya(pen, swatch('emerald')), 0, -228, 2.9)),
  ],
  ...each('haboob-sheila', ['black', 'sand', 'mauve', 'teal'], (colour) =>
    picture('plum', 'arch', (pen) => stand(pen, wrappedSheila(pen, colour), 130, { y: 372, k: 1.02 })),
  ),
  [
    'haboob-sheila-folded',
    () =>
      picture('plum', 'room', (pen) =>
        stand(pen, foldedStack(pen, ['teal', 'mauve', 'sand', 'black'].map(swatch)), 130, { y: 372, k: 1.04 }),
      ),
  ],
  ...each('shemal-ghutra-set', ['white', 'red'], (colour, id) =>
    picture('clay', 'room', (pen) => stand(pen, ghutraAndAgal(pen, colour, id === 'red'), 138, { y: 358, k: 1.14 })),
  ),
  ...each('darb-sandals', ['tan', 'black'], (colour) =>
    picture('sand', 'table', (pen) => put(sandals(pen, colour), { x: 200, y: 224, k: 1.22 })),
  ),
  [
    'darb-sandals-detail',
    () => picture('sand', 'close', (pen) => put(sandals(pen, swatch('tan')), { x: 340, y: 290, k: 2.4 })),
  ],
]
