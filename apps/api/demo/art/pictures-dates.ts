import { dateBox, datesHeap, stuffedTray } from './dates.ts'
import { picture, stand } from './scenes.ts'
import { line, put } from './shapes.ts'
import {
  coffeeBag,
  coffeeBean,
  dallah,
  finjan,
  honeyJar,
  karakGlass,
  saffronJar,
  spoonOfSyrup,
  syrupBottle,
  teaTin,
} from './table.ts'
import type { Pictures } from './pictures.ts'

const beans = (colour: string) =>
  [
    [96, 384, 10],
    [118, 398, -30],
    [140, 388, 50],
    [286, 392, 20],
    [312, 382, -20],
    [300, 404, 70],
  ]
    .map(([x = 0, y = 0, turn = 0]) => put(coffeeBean(colour), { x, y, turn, k: 0.62 }))
    .join('')

const bag = (colour: string, bean: string) => () =>
  picture('olive', 'room', (pen) => stand(pen, coffeeBag(pen, colour, bean), 84, { y: 366, k: 1.12 }) + beans(bean))

const karak = (colour: string) => () =>
  picture(
    'clay',
    'sun',
    (pen) =>
      stand(pen, teaTin(pen, colour), 74, { x: 168, y: 356, k: 1.2 }) +
      stand(pen, karakGlass(pen), 28, { x: 298, y: 378, k: 1.1 }),
  )

/** The tray runs out of the frame, so that the dates are large enough to be told apart. */
const TRAY = { x: 312, y: 372, k: 1.82 }

export const datesPictures: Pictures = [
  ['khalas-dates-front', () => picture('olive', 'room', (pen) => stand(pen, dateBox(pen), 136, { y: 346, k: 1.12 }))],
  [
    'khalas-dates-coffee',
    () =>
      picture(
        'olive',
        'arch',
        (pen) =>
          stand(pen, dallah(pen), 76, { x: 254, y: 346, k: 0.92 }) +
          stand(pen, finjan(pen, '#2f7d84'), 24, { x: 318, y: 388, k: 1 }) +
          stand(pen, datesHeap(pen, [5, 4, 2]), 92, { x: 132, y: 384, k: 1 }),
      ),
  ],
  [
    'khalas-dates-detail',
    () =>
      picture('clay', 'close', (pen) =>
        put(datesHeap(pen, [5, 6, 5, 6, 5, 6, 5, 6], 36, 19, 9), { x: 200, y: 412, k: 2.5 }),
      ),
  ],
  ['stuffed-dates-tray-almond', () => picture('sand', 'table', (pen) => put(stuffedTray(pen, 'almond'), TRAY))],
  ['stuffed-dates-tray-pistachio', () => picture('olive', 'table', (pen) => put(stuffedTray(pen, 'pistachio'), TRAY))],
  ['stuffed-dates-tray-orange', () => picture('coral', 'table', (pen) => put(stuffedTray(pen, 'orange'), TRAY))],
  ['wadi-arabic-coffee-light', bag('#e0b878', '#b07a34')],
  ['wadi-arabic-coffee-medium', bag('#2f6f6a', '#7a4a22')],
  ['wadi-arabic-coffee-dark', bag('#4a3028', '#3a1d12')],
  [
    'wadi-arabic-coffee-pour',
    () =>
      picture(
        'honey',
        'room',
        (pen) =>
          stand(pen, finjan(pen, '#b3243b'), 24, { x: 82, y: 376, k: 1.3 }) +
          put(line('M0 0C-4 60 -2 110 0 152', '#b7792f', 5), { x: 82, y: 150 }) +
          put(dallah(pen), { x: 293, y: 296, turn: -16, k: 1.02 }),
      ),
  ],
  [
    'sidr-honey-front',
    () => picture('honey', 'sun', (pen) => stand(pen, honeyJar(pen), 80, { x: 186, y: 362, k: 1.2 })),
  ],
  [
    'negin-saffron-front',
    () => picture('plum', 'room', (pen) => stand(pen, saffronJar(pen), 64, { x: 182, y: 364, k: 1.42 })),
  ],
  ['karak-tin-ginger', karak('#b5652b')],
  ['karak-tin-saffrony', karak('#8a2f3b')],
  ['karak-tin-mint', karak('#2f7a68')],
  [
    'date-syrup-front',
    () =>
      picture(
        'sand',
        'room',
        (pen) =>
          stand(pen, syrupBottle(pen), 60, { x: 168, y: 362, k: 1.14 }) +
          put(spoonOfSyrup(pen), { x: 280, y: 300 }) +
          stand(pen, '', 26, { x: 252, y: 372 }),
      ),
  ],
]
