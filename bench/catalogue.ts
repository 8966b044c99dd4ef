const columns = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Type',
  'Tags',
  'Published',
  'Option1 Name',
  'Option1 Value',
  'Variant SKU',
  'Variant Grams',
  'Variant Inventory Qty',
  'Variant Price',
  'Variant Compare At Price',
  'Status',
  'Title (AR)',
  'Handle (AR)',
  'Body (AR)',
  'Subtitle (EN)',
  'Subtitle (AR)',
  'Vendor (AR)',
  'Type (AR)',
  'Option1 Name (AR)',
  'Option1 Value (AR)',
  'HS Code',
  'Country of Origin',
]

const kinds = [
  ['Oud & perfume', 'العود والعطور', 'Perfume', 'عطر'],
  ['Home', 'المنزل', 'Lantern', 'فانوس'],
  ['Dates & coffee', 'التمور والقهوة', 'Dates', 'تمر'],
  ['Electronics', 'الإلكترونيات', 'Headphones', 'سماعات'],
] as const
const sizes = [
  ['Small', 'صغير'],
  ['Large', 'كبير'],
] as const

const quoted = (value: string): string => `"${value.replace(/"/g, '""')}"`

function row(product: number, variant: number): string {
  const [type, typeAr, noun, nounAr] = kinds[product % kinds.length] ?? kinds[0]
  const [size, sizeAr] = sizes[variant] ?? sizes[0]
  const isFirst = variant === 0
  const once = (value: string): string => (isFirst ? value : '')
  const price = 20 + ((product * 37) % 900)
  return [
    `bench-${product}`,
    once(`${noun} ${product}`),
    once(`<p>A ${noun.toLowerCase()} made for measuring, number ${product}.</p>`),
    once(`House ${product % 12}`),
    once(type),
    once(product % 10 === 0 ? 'best-seller' : 'new'),
    once('TRUE'),
    'Size',
    size,
    `BENCH-${product}-${variant}`,
    '300',
    '1000000',
    `${price + variant * 10}.00`,
    '',
    once('active'),
    once(`${nounAr} ${product}`),
    once(`قياس-${product}`),
    once(`<p>${nounAr} للقياس رقم ${product}.</p>`),
    once('For measuring'),
    once('للقياس'),
    once(`دار ${product % 12}`),
    once(typeAr),
    'الحجم',
    sizeAr,
    '330300',
    'AE',
  ]
    .map(quoted)
    .join(',')
}

/** A catalogue of `products` with two variants each, as an import file. Stock never runs out. */
export function benchCatalogue(products: number): string {
  const lines = [columns.map(quoted).join(',')]
  for (let product = 1; product <= products; product += 1) lines.push(row(product, 0), row(product, 1))
  return `${lines.join('\n')}\n`
}
