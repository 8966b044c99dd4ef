import { beautyPictures } from './pictures-beauty.ts'
import { datesPictures } from './pictures-dates.ts'
import { electronicsPictures } from './pictures-electronics.ts'
import { fashionPictures } from './pictures-fashion.ts'
import { giftsPictures } from './pictures-gifts.ts'
import { homePictures } from './pictures-home.ts'
import { jewelleryPictures } from './pictures-jewellery.ts'
import { kidsPictures } from './pictures-kids.ts'
import { oudPictures } from './pictures-oud.ts'
import { categoryPictures, heroPictures } from './pictures-scenes.ts'
import { sportsPictures } from './pictures-sports.ts'

/** Picture keys with the function that draws each as SVG, in the order of the catalogue. */
export type Pictures = readonly (readonly [key: string, draw: () => string])[]

export const PICTURES: ReadonlyMap<string, () => string> = new Map([
  ...oudPictures,
  ...fashionPictures,
  ...datesPictures,
  ...jewelleryPictures,
  ...electronicsPictures,
  ...homePictures,
  ...kidsPictures,
  ...beautyPictures,
  ...sportsPictures,
  ...giftsPictures,
  ...categoryPictures,
  ...heroPictures,
])
