import type { OptionId, Words } from './types.ts'

export const OPTION_NAMES: Record<OptionId, Words> = {
  size: ['Size', 'المقاس'],
  volume: ['Size', 'الحجم'],
  capacity: ['Capacity', 'السعة'],
  flavour: ['Flavour', 'النكهة'],
  colour: ['Colour', 'اللون'],
  length: ['Length', 'الطول'],
  scent: ['Scent', 'الرائحة'],
  weight: ['Weight', 'الوزن'],
  stone: ['Stone', 'الحجر'],
  roast: ['Roast', 'درجة التحميص'],
  metal: ['Metal', 'المعدن'],
  filling: ['Filling', 'الحشوة'],
  set: ['Set', 'الطقم'],
  age: ['Age', 'العمر'],
}

/** Colours as the shop names them, with the swatch that stands for each. The drawings use the same hex. */
export const COLOURS: Record<string, { words: Words; hex: string }> = {
  black: { words: ['Black', 'أسود'], hex: '#23252e' },
  navy: { words: ['Navy', 'كحلي'], hex: '#22365a' },
  olive: { words: ['Olive', 'زيتي'], hex: '#6b6f45' },
  sand: { words: ['Sand', 'رملي'], hex: '#d3b98f' },
  mauve: { words: ['Mauve', 'بنفسجي هادئ'], hex: '#9c7489' },
  teal: { words: ['Gulf teal', 'فيروزي الخليج'], hex: '#2f7d84' },
  white: { words: ['White', 'أبيض'], hex: '#f4f1ea' },
  cream: { words: ['Cream', 'سكري'], hex: '#eadfc6' },
  grey: { words: ['Pearl grey', 'رمادي لؤلؤي'], hex: '#9aa1a8' },
  emerald: { words: ['Emerald', 'زمردي'], hex: '#1e6a54' },
  maroon: { words: ['Maroon', 'عنابي'], hex: '#7c2438' },
  rose: { words: ['Rose', 'وردي'], hex: '#d99a9b' },
  brown: { words: ['Brown', 'بني'], hex: '#7a4a2c' },
  tan: { words: ['Tan', 'عسلي'], hex: '#b9824e' },
  saffron: { words: ['Saffron', 'زعفراني'], hex: '#e39a2f' },
  sky: { words: ['Sky blue', 'سماوي'], hex: '#7fb2cc' },
  mint: { words: ['Mint', 'نعناعي'], hex: '#8cc3a8' },
  coral: { words: ['Coral', 'مرجاني'], hex: '#e07a5f' },
  terracotta: { words: ['Terracotta', 'طيني'], hex: '#b9603f' },
  indigo: { words: ['Indigo', 'نيلي'], hex: '#3a4585' },
  red: { words: ['Pomegranate', 'رماني'], hex: '#b3243b' },
  brick: { words: ['Date brown', 'بني تمري'], hex: '#8a4b3c' },
  berry: { words: ['Berry', 'توتي'], hex: '#8e2f57' },
  nude: { words: ['Desert nude', 'بيج صحراوي'], hex: '#c58a72' },
  lilac: { words: ['Lilac', 'ليلكي'], hex: '#a99bc9' },
  graphite: { words: ['Graphite', 'غرافيتي'], hex: '#4a4f57' },
}

const NAMED: Record<string, Words> = {
  smoky: ['Smoky', 'دخاني'],
  rosy: ['Rose', 'وردي'],
  amber: ['Amber', 'عنبري'],
  light: ['Light', 'فاتح'],
  medium: ['Medium', 'وسط'],
  dark: ['Dark', 'داكن'],
  plain: ['Plain', 'سادة'],
  almond: ['Almond', 'لوز'],
  pistachio: ['Pistachio', 'فستق'],
  orange: ['Candied orange', 'قشر برتقال'],
  gold: ['Gold plated', 'مطلي بالذهب'],
  silver: ['Sterling silver', 'فضة إسترليني'],
  'rose-gold': ['Rose gold plated', 'مطلي بالذهب الوردي'],
  'yellow-gold': ['Yellow gold, 18 ct', 'ذهب أصفر عيار 18'],
  'white-gold': ['White gold, 18 ct', 'ذهب أبيض عيار 18'],
  emeralds: ['Emerald green', 'أخضر زمردي'],
  sapphire: ['Sapphire blue', 'أزرق ياقوتي'],
  garnet: ['Garnet red', 'أحمر عقيقي'],
  onyx: ['Black onyx', 'عقيق أسود'],
  aqeeq: ['Red agate', 'عقيق أحمر'],
  turquoise: ['Turquoise', 'فيروز'],
  xs: ['XS', 'XS'],
  s: ['S', 'S'],
  m: ['M', 'M'],
  l: ['L', 'L'],
  xl: ['XL', 'XL'],
  small: ['Small', 'صغير'],
  large: ['Large', 'كبير'],
  '10k': ['10,000 mAh', '10,000 مللي أمبير'],
  '20k': ['20,000 mAh', '20,000 مللي أمبير'],
  brass: ['Brass', 'نحاس أصفر'],
  steel: ['Steel', 'فولاذ'],
  copper: ['Copper', 'نحاس أحمر'],
  cups6: ['6 cups', '6 فناجين'],
  cups12: ['12 cups', '12 فنجانًا'],
  three: ['Set of 3', 'طقم من 3'],
  two: ['Set of 2', 'طقم من 2'],
  one: ['Single', 'قطعة واحدة'],
  jasmine: ['Jasmine', 'ياسمين'],
  bakhoor: ['Bakhoor', 'بخور'],
  fig: ['Fig leaf', 'ورق التين'],
  saffrony: ['Saffron', 'زعفران'],
  mint: ['Mint', 'نعناع'],
  ginger: ['Ginger', 'زنجبيل'],
  y2: ['2–3 years', '2–3 سنوات'],
  y4: ['4–5 years', '4–5 سنوات'],
  y6: ['6–7 years', '6–7 سنوات'],
  m3: ['3–6 months', '3–6 أشهر'],
  m6: ['6–12 months', '6–12 شهرًا'],
  m12: ['12–18 months', '12–18 شهرًا'],
}

const UNITS: Record<string, Words> = {
  ml: ['ml', 'مل'],
  g: ['g', 'جم'],
  kg: ['kg', 'كجم'],
  cm: ['cm', 'سم'],
  mm: ['mm', 'مم'],
  l: ['l', 'لتر'],
}

/** The words of an option value id: a colour, a named value, a measure such as `50ml`, or a bare size such as `54`. */
export function valueWords(option: OptionId, id: string): Words {
  const words = option === 'colour' ? COLOURS[id]?.words : NAMED[id]
  if (words) return words
  const [, number, unit] = /^([\d.x]+)([a-z]*)$/.exec(id) ?? []
  if (number === undefined) throw new Error(`no words for the value ${id} of ${option}`)
  const shown = number.replace('x', ' × ')
  if (!unit) return [shown, shown]
  const measure = UNITS[unit]
  if (!measure) throw new Error(`no words for the unit ${unit}`)
  return [`${shown} ${measure[0]}`, `${shown} ${measure[1]}`]
}
