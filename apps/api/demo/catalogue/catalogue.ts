import { datesAndCoffee } from './dates-and-coffee.ts'
import { jewellery } from './jewellery.ts'
import { electronics } from './electronics.ts'
import { home } from './home.ts'
import { kids } from './kids.ts'
import { beauty } from './beauty.ts'
import { sports } from './sports.ts'
import { gifts } from './gifts.ts'
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
  {
    handle: 'dates-and-coffee',
    handleAr: 'التمور-والقهوة',
    name: ['Dates & coffee', 'التمور والقهوة'],
    description: [
      'This season’s dates, coffee roasted twice a week, honey, saffron and karak.',
      'تمور هذا الموسم، وقهوة نحمّصها مرتين في الأسبوع، وعسل وزعفران وكرك.',
    ],
    products: datesAndCoffee,
    picture: 'category-dates-and-coffee',
  },
  {
    handle: 'jewellery',
    handleAr: 'المجوهرات',
    name: ['Jewellery', 'المجوهرات'],
    description: [
      'Pearls, filigree and silver, for a first salary or a fortieth anniversary.',
      'لؤلؤ ومشبّك وفضة، لأول راتب أو لأربعين عامًا معًا.',
    ],
    products: jewellery,
    picture: 'category-jewellery',
  },
  {
    handle: 'electronics',
    handleAr: 'الإلكترونيات',
    name: ['Electronics', 'الإلكترونيات'],
    description: [
      'Sound, power and small cleverness, guaranteed in the UAE.',
      'صوت وطاقة وذكاء صغير، بضمان داخل الدولة.',
    ],
    products: electronics,
    picture: 'category-electronics',
  },
  {
    handle: 'home',
    handleAr: 'المنزل',
    name: ['Home', 'المنزل'],
    description: [
      'Brass, wool, clay and light for the majlis and everywhere else.',
      'نحاس وصوف وطين وضوء، للمجلس ولكل ركن.',
    ],
    products: home,
    picture: 'category-home',
  },
  {
    handle: 'kids',
    handleAr: 'الأطفال',
    name: ['Kids', 'الأطفال'],
    description: [
      'Toys that survive, and clothes soft enough for afternoon naps.',
      'ألعاب تصمد، وملابس ناعمة لقيلولة العصر.',
    ],
    products: kids,
    picture: 'category-kids',
  },
  {
    handle: 'beauty',
    handleAr: 'الجمال',
    name: ['Beauty', 'الجمال'],
    description: ['Oils, clay, kohl and colour, tested and registered.', 'زيوت وطين وكحل وألوان، مفحوصة ومسجّلة.'],
    products: beauty,
    picture: 'category-beauty',
  },
  {
    handle: 'sports',
    handleAr: 'الرياضة',
    name: ['Sports', 'الرياضة'],
    description: [
      'For the track after Isha, the padel court and the pitch behind the houses.',
      'لمضمار ما بعد العشاء، وملعب البادل، وساحة الفريج.',
    ],
    products: sports,
    picture: 'category-sports',
  },
  {
    handle: 'gifts',
    handleAr: 'الهدايا',
    name: ['Gifts', 'الهدايا'],
    description: [
      'Boxes packed the day they leave, with a card in your words.',
      'صناديق تُعبّأ يوم خروجها، ومعها بطاقة بكلماتك.',
    ],
    products: gifts,
    picture: 'category-gifts',
  },
]
