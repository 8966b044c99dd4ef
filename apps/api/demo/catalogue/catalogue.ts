import { abayasAndKanduras } from './abayas-and-kanduras.ts'
import { oudAndPerfume } from './oud-and-perfume.ts'
import type { DemoCategory } from './types.ts'

/** The whole demo shop, in the order of its menu. */
export const CATALOGUE: readonly DemoCategory[] = [
  {
    handle: 'oud-and-perfume',
    handleAr: 'العود-والعطور',
    name: ['Oud & perfume', 'العود والعطور'],
    description: [
      'Oils, sprays and bakhoor, from a light cologne to oud that stays till morning.',
      'دهون وعطور وبخور، من كولونيا خفيفة إلى عود يبقى حتى الصباح.',
    ],
    products: oudAndPerfume,
    picture: 'category-oud-and-perfume',
  },
  {
    handle: 'abayas-and-kanduras',
    handleAr: 'العبايات-والكنادير',
    name: ['Abayas & kanduras', 'العبايات والكنادير'],
    description: [
      'Clothes cut and sewn here, for the office, the majlis and Eid morning.',
      'ملابس مفصّلة ومخيطة هنا، للدوام وللمجلس ولصباح العيد.',
    ],
    products: abayasAndKanduras,
    picture: 'category-abayas-and-kanduras',
  },
]
