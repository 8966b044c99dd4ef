import { dateBox, datesHeap } from './dates.ts'
import { drumSpeaker, headphones, powerBank } from './devices.ts'
import { closedAbaya, foldedStack, hangerOnRail, jalabiya, kandura, openAbaya, sandals } from './garments.ts'
import { brassTray, candle, cupsOnTray, cushion, lantern, palmBasket, ribbedVase, starlight } from './interior.ts'
import { bust, gemRing, pearlNecklace } from './jewels.ts'
import { rose } from './ornament.ts'
import { driedBouquet, giftBox } from './parcels.ts'
import { mabkhara, shoulderedBottle, sphereBottle, squareBottle } from './perfume.ts'
import { swatch } from './palette.ts'
import { picture, stand } from './scenes.ts'
import { box, faded, put } from './shapes.ts'
import { football, steelBottle, tennisBall, yogaMat } from './sport.ts'
import { coffeeBag, dallah, finjan } from './table.ts'
import { clayJar, dropperBottle, lipstick } from './toilette.ts'
import { letterBlocks, plushCamel, toyDhow } from './toys.ts'
import type { Pen } from './pen.ts'
import type { Pictures } from './pictures.ts'
import type { Size } from './scenes.ts'

const WIDE: Size = { width: 1200, height: 1000, ground: 700 }

const onRail = (garment: string) => `<g transform="scale(.8 1.02)">${garment}</g>`

/** Pictures for the tiles of the categories. */
export const categoryPictures: Pictures = [
  [
    'category-oud-and-perfume',
    () =>
      picture(
        'rose',
        'arch',
        (pen) =>
          stand(pen, squareBottle(pen, '#3f8fa6'), 60, { x: 290, y: 348, k: 0.86 }) +
          stand(pen, mabkhara(pen, '#2f7d84'), 70, { x: 112, y: 352, k: 0.82 }) +
          stand(pen, shoulderedBottle(pen, '#8c3a30'), 72, { x: 200, y: 388, k: 0.98 }),
      ),
  ],
  [
    'category-abayas-and-kanduras',
    () =>
      picture(
        'sky',
        'room',
        (pen) =>
          put(box(-260, -352, 520, 8, 4, pen.metal('brass')), { x: 200, y: 398, k: 1.08 }) +
          stand(pen, hangerOnRail(pen) + onRail(kandura(pen, swatch('white'))), 60, { x: 106, y: 396, k: 0.86 }) +
          stand(pen, hangerOnRail(pen) + onRail(jalabiya(pen, swatch('emerald'))), 70, { x: 300, y: 396, k: 0.86 }) +
          stand(pen, hangerOnRail(pen) + onRail(closedAbaya(pen, swatch('black'))), 70, { x: 202, y: 412, k: 0.92 }),
      ),
  ],
  [
    'category-dates-and-coffee',
    () =>
      picture(
        'olive',
        'sun',
        (pen) =>
          stand(pen, coffeeBag(pen, '#2f6f6a', '#7a4a22'), 84, { x: 112, y: 344, k: 0.84 }) +
          stand(pen, dallah(pen), 80, { x: 276, y: 350, k: 0.84 }) +
          stand(pen, dateBox(pen), 120, { x: 188, y: 388, k: 0.62 }) +
          stand(pen, finjan(pen, '#b3243b'), 24, { x: 318, y: 396, k: 1 }),
      ),
  ],
  [
    'category-jewellery',
    () =>
      picture(
        'plum',
        'arch',
        (pen) =>
          stand(pen, bust(pen, '#4a3350') + pearlNecklace(pen), 90, { x: 168, y: 374, k: 0.98 }) +
          stand(pen, gemRing(pen, '#1f8a63', 'gold'), 52, { x: 314, y: 386, k: 0.62 }),
      ),
  ],
  [
    'category-electronics',
    () =>
      picture(
        'mist',
        'sun',
        (pen) =>
          stand(pen, drumSpeaker(pen, swatch('coral')), 90, { x: 274, y: 346, k: 0.82 }) +
          stand(pen, headphones(pen, swatch('teal')), 100, { x: 146, y: 380, k: 0.9 }) +
          stand(pen, powerBank(pen, swatch('saffron')), 60, { x: 308, y: 398, k: 0.44 }),
      ),
  ],
  [
    'category-home',
    () =>
      picture(
        'sand',
        'room',
        (pen) =>
          stand(pen, ribbedVase(pen, swatch('terracotta')), 48, { x: 98, y: 352, k: 0.84 }) +
          stand(pen, cushion(pen, swatch('indigo')), 110, { x: 264, y: 360, k: 0.86 }) +
          stand(pen, lantern(pen), 56, { x: 176, y: 398, k: 0.72 }),
      ),
  ],
  [
    'category-kids',
    () =>
      picture(
        'mint',
        'sun',
        (pen) =>
          stand(pen, plushCamel(pen), 88, { x: 274, y: 352, k: 0.76, flip: true }) +
          stand(pen, toyDhow(pen, swatch('saffron')), 66, { x: 130, y: 372, k: 0.72 }) +
          stand(pen, put(letterBlocks(pen), {}), 100, { x: 268, y: 408, k: 0.42 }),
      ),
  ],
  [
    'category-beauty',
    () =>
      picture(
        'coral',
        'arch',
        (pen) =>
          stand(pen, dropperBottle(pen), 60, { x: 112, y: 352, k: 0.9 }) +
          stand(pen, clayJar(pen), 88, { x: 268, y: 360, k: 0.86 }) +
          stand(pen, lipstick(pen, swatch('red')), 50, { x: 166, y: 396, k: 0.66 }),
      ),
  ],
  [
    'category-sports',
    () =>
      picture(
        'sea',
        'room',
        (pen) =>
          stand(pen, yogaMat(pen, swatch('lilac')), 130, { x: 222, y: 340, k: 0.8 }) +
          stand(pen, steelBottle(pen, swatch('coral')), 56, { x: 92, y: 372, k: 0.94 }) +
          stand(pen, football(pen, swatch('teal')), 72, { x: 258, y: 394, k: 0.72 }) +
          stand(pen, tennisBall(pen), 26, { x: 166, y: 402, k: 0.8 }),
      ),
  ],
  [
    'category-gifts',
    () =>
      picture(
        'honey',
        'sun',
        (pen) =>
          stand(pen, driedBouquet(pen, swatch('coral')), 26, { x: 304, y: 356, k: 0.82 }) +
          stand(pen, giftBox(pen, '#1f5a63', '#e3b458'), 120, { x: 176, y: 350, k: 1 }) +
          stand(pen, giftBox(pen, '#b3243b', '#f6e3bd'), 110, { x: 266, y: 398, k: 0.5 }),
      ),
  ],
]

const ramadanTable = (pen: Pen) =>
  [
    put(faded(0.35, pen.blur(2, starlight(150))), { x: 930, y: 560, k: 1.5 }),
    stand(pen, ribbedVase(pen, swatch('terracotta')), 48, { x: 170, y: 740, k: 1.35 }),
    stand(pen, lantern(pen), 60, { x: 960, y: 770, k: 1.9 }),
    stand(pen, brassTray(pen, 300), 300, { x: 560, y: 812, k: 1.22 }),
    put(dallah(pen), { x: 600, y: 800, k: 2.05 }),
    put(finjan(pen, '#2f7d84'), { x: 318, y: 826, k: 1.9 }),
    put(finjan(pen, '#2f7d84'), { x: 410, y: 852, k: 2 }),
    stand(pen, dateBox(pen), 136, { x: 860, y: 884, k: 1.12 }),
    stand(pen, datesHeap(pen, [4, 2]), 74, { x: 210, y: 920, k: 1.4 }),
    stand(pen, finjan(pen, '#2f7d84'), 26, { x: 620, y: 930, k: 2.1 }),
  ].join('')

const majlis = (pen: Pen) =>
  [
    stand(pen, ribbedVase(pen, swatch('cream')), 50, { x: 190, y: 760, k: 1.7 }),
    stand(pen, cushion(pen, swatch('brown')), 116, { x: 880, y: 748, k: 1.6, turn: 5 }),
    stand(pen, cushion(pen, swatch('indigo')), 116, { x: 640, y: 752, k: 1.6, turn: -5 }),
    stand(pen, cushion(pen, swatch('red')), 116, { x: 772, y: 812, k: 1.5 }),
    stand(pen, mabkhara(pen, '#2f7d84'), 76, { x: 410, y: 846, k: 1.75 }),
    stand(pen, candle(pen, '#8a4b3c'), 60, { x: 1060, y: 850, k: 1 }),
    stand(pen, palmBasket(pen), 96, { x: 176, y: 900, k: 1 }),
    stand(pen, cupsOnTray(pen, '#b3243b'), 168, { x: 800, y: 920, k: 1.05 }),
  ].join('')

const wardrobe = (pen: Pen) => {
  const hang = (garment: string, x: number, k = 2.05) =>
    stand(pen, hangerOnRail(pen) + onRail(garment), 84, { x, y: 800, k })
  return [
    hang(kandura(pen, swatch('white')), 190),
    hang(openAbaya(pen, swatch('sand')), 430),
    hang(closedAbaya(pen, swatch('black')), 660),
    hang(jalabiya(pen, swatch('berry')), 890),
    stand(pen, foldedStack(pen, ['olive', 'mauve', 'sand'].map(swatch)), 130, { x: 1020, y: 900, k: 1.06 }),
    stand(pen, sphereBottle(pen, '#e7a0a6'), 66, { x: 1030, y: 720, k: 0.76 }),
    stand(pen, palmBasket(pen), 96, { x: 150, y: 910, k: 1.02 }),
    put(rose(pen, '#d97f8e'), { x: 940, y: 906, k: 0.7 }),
    stand(pen, `<g transform="scale(1 .5)">${sandals(pen, swatch('tan'))}</g>`, 0, { x: 480, y: 900, k: 1 }),
  ].join('')
}

/** Large scenes for the head of the home page, 6:5. */
export const heroPictures: Pictures = [
  ['hero-ramadan-table', () => picture('sand', 'arch', ramadanTable, WIDE)],
  ['hero-majlis', () => picture('clay', 'palm', majlis, WIDE)],
  ['hero-wardrobe', () => picture('sky', 'room', wardrobe, WIDE)],
]
