import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getProduct } from '@dhow/contracts/catalog.ts'
import { money } from '@dhow/money/money.ts'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/ids.ts'
import { reserveStock } from '../../inventory/inventory.ts'
import { mediaJobs } from '../../media/media.ts'
import { catalogJobs } from '../catalog.jobs.ts'
import { columns } from './columns.ts'
import type { Field } from './columns.ts'
import { importCatalogue } from './import-catalogue.ts'
import type { ImportReport } from './import-catalogue.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'dhow-import-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const app = await startTestApp({ env: { MEDIA_DIR: path.join(folder, 'stored') } })
const { api, db, clock } = app

type Cells = Partial<Record<Field, string>>
const fields = Object.keys(columns) as Field[]
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

/** A complete product row, but for what the test says. */
const product = (handle: string, cells: Cells = {}): Cells => ({
  handle,
  title: `Lamp ${handle}`,
  titleAr: `مصباح ${handle}`,
  vendor: 'Noor',
  vendorAr: 'نور',
  type: 'Lamps',
  typeAr: 'مصابيح',
  option1Name: 'Title',
  option1Value: 'Default Title',
  sku: handle.toUpperCase(),
  price: '100.00',
  quantity: '7',
  ...cells,
})

async function importRows(
  rows: Cells[],
  { only = fields, isDryRun = false }: { only?: Field[]; isDryRun?: boolean } = {},
): Promise<ImportReport> {
  const lines = [only.map((field) => columns[field]), ...rows.map((row) => only.map((field) => row[field] ?? ''))]
  const file = path.join(folder, 'products.csv')
  await writeFile(file, `${lines.map((line) => line.map(quoted).join(',')).join('\n')}\n`)
  return importCatalogue(app.ctx, { file, isDryRun })
}

const issues = (report: ImportReport) => report.issues.map((issue) => [issue.line, issue.column, issue.code])
/** Read anew: purging is another test's matter. */
const detail = (slug: string, locale: 'en' | 'ar' = 'en') => {
  app.ctx.cache.clear()
  return api.call(getProduct, { params: { slug }, locale })
}
const productOf = (handle: string) =>
  db.selectFrom('products').selectAll().where('handle', '=', handle).executeTakeFirst()
const tables = ['products', 'variants', 'variantPrices', 'stockMovements', 'categories', 'media'] as const
const countAll = () =>
  Promise.all(
    tables.map(async (table) => [
      table,
      (await db.selectFrom(table).select(db.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count,
    ]),
  )

const coloured = (cells: Cells): Cells => ({ option1Name: 'Colour', option1NameAr: 'اللون', ...cells })
const twoColours: Cells[] = [
  product(
    'two-colours',
    coloured({ option1Value: 'Amber', option1ValueAr: 'عنبري', colourHex: 'C08030', sku: 'TWO-A', compareAt: '150' }),
  ),
  {
    handle: 'two-colours',
    option1Value: 'Black',
    option1ValueAr: 'أسود',
    colourHex: '#000000',
    sku: 'TWO-B',
    price: '١٢٠٫٥٠',
    quantity: '2',
  },
]

test('a bilingual product with options is there in both languages, with its prices and stock', async () => {
  const report = await importRows(twoColours)
  expect(report).toMatchObject({ rows: 2, variants: 2, refused: 0, warnings: 0, products: { created: 1 } })
  const english = await detail('two-colours')
  const arabic = await detail(english.slugs.ar, 'ar')
  expect(english).toMatchObject({
    name: 'Lamp two-colours',
    options: [
      {
        code: 'colour',
        values: [
          { code: 'amber', hex: '#c08030' },
          { code: 'black', hex: '#000000' },
        ],
      },
    ],
    variants: [
      { sku: 'TWO-A', price: money(10_000), compareAt: money(15_000), availability: 'in-stock', left: null },
      { sku: 'TWO-B', price: money(12_050), compareAt: null, availability: 'low', left: 2 },
    ],
  })
  expect(arabic).toMatchObject({ name: 'مصباح two-colours', slug: 'مصباح-two-colours', options: [{ name: 'اللون' }] })
  const movements = await db
    .selectFrom('stockMovements')
    .select(['kind', 'onHandDelta', 'reason'])
    .orderBy('onHandDelta')
    .execute()
  expect(movements).toEqual([
    { kind: 'count', onHandDelta: 2, reason: 'import' },
    { kind: 'count', onHandDelta: 7, reason: 'import' },
  ])
})

test('the same file again changes nothing and says so', async () => {
  await importRows(twoColours)
  const before = await countAll()
  const report = await importRows(twoColours)
  expect(report.products).toEqual({ created: 0, updated: 0, unchanged: 1, refused: 0 })
  expect(await countAll()).toEqual(before)
})

test('a dry run says what would happen and writes nothing', async () => {
  const before = await countAll()
  const report = await importRows([...twoColours, product('dry-new', { type: 'Dry things' })], { isDryRun: true })
  expect(report).toMatchObject({ isDryRun: true, products: { created: 1, unchanged: 1 } })
  expect(await countAll()).toEqual(before)
})

test('a new price is written down beside the old one, and a new quantity is a count', async () => {
  await importRows([product('dearer')])
  clock.advance({ days: 1 })
  const report = await importRows([product('dearer', { price: '110.00', quantity: '5' })])
  expect(report.products).toMatchObject({ updated: 1 })
  const prices = await db
    .selectFrom('variantPrices')
    .innerJoin('variants', 'variants.id', 'variantPrices.variantId')
    .select('variantPrices.priceAmount')
    .where('sku', '=', 'DEARER')
    .orderBy('validFrom')
    .execute()
  expect(prices.map((row) => row.priceAmount)).toEqual([10_000, 11_000])
  expect((await detail('dearer')).variants[0]).toMatchObject({ price: money(11_000), left: 5 })
})

test('stock is never counted below what orders have reserved', async () => {
  await importRows([product('promised')])
  const variant = await db.selectFrom('variants').select('id').where('sku', '=', 'PROMISED').executeTakeFirstOrThrow()
  const claims = [{ variantId: variant.id, quantity: 4 }]
  const now = clock.now()
  await inTransaction(db, (tx) => reserveStock(tx, { orderId: newId(), claims, expiresAt: now, now }))
  const report = await importRows([product('promised', { quantity: '3' })])
  expect(issues(report)).toEqual([[2, columns.quantity, 'quantity/below-reserved']])
  const level = await db
    .selectFrom('stockLevels')
    .selectAll()
    .where('variantId', '=', variant.id)
    .executeTakeFirstOrThrow()
  expect(level).toMatchObject({ onHand: 7, reserved: 4 })
})

test('a bad row is refused with its line, column and reason, and the rest goes in', async () => {
  const report = await importRows([
    product('bad-price', { price: 'free' }),
    product('half-bad', coloured({ option1Value: 'M', sku: 'HALF-M' })),
    { handle: 'half-bad', option1Value: 'L', sku: 'HALF-L', price: '-1' },
    { handle: 'half-bad', option1Value: 'M', sku: 'HALF-M2', price: '5' },
    { handle: '', title: 'No handle', price: '1' },
    product('no-title', { title: '' }),
    product('strange-status', { status: 'hidden' }),
    product('good-end'),
    product('bad-price', { price: '5' }),
    product('same-sku', { sku: 'GOOD-END' }),
  ])
  expect(issues(report)).toEqual([
    [2, columns.price, 'price/not-a-number'],
    [2, null, 'product/no-variants'],
    [4, columns.price, 'price/negative'],
    [5, columns.option1Value, 'option/duplicate'],
    [6, columns.handle, 'text/missing'],
    [7, columns.title, 'text/missing'],
    [8, columns.status, 'status/unknown'],
    [10, columns.handle, 'handle/repeated'],
    [11, columns.sku, 'sku/duplicate'],
    [11, null, 'product/no-variants'],
  ])
  expect(report.products).toEqual({ created: 2, updated: 0, unchanged: 0, refused: 4 })
  expect((await detail('half-bad')).variants.map((variant) => variant.sku)).toEqual(['HALF-M'])
  expect((await detail('good-end')).name).toBe('Lamp good-end')
})

test('a SKU of another product is refused', async () => {
  await importRows([product('owner', { sku: 'OWNED' })])
  const report = await importRows([product('thief', { sku: 'OWNED' })])
  expect(issues(report)).toEqual([
    [2, columns.sku, 'sku/other-product'],
    [2, null, 'product/no-variants'],
  ])
  expect(await productOf('thief')).toBeUndefined()
})

test('what is merely odd is imported with a warning', async () => {
  const report = await importRows([
    product('odd', {
      compareAt: '90',
      quantity: '-2',
      barcode: '6.3E+12',
      body: '<p onclick="x">Hi</p>',
      bodyAr: '<p>هلا</p>',
    }),
  ])
  expect(issues(report)).toEqual(
    expect.arrayContaining([
      [2, columns.compareAt, 'compare-at/not-above-price'],
      [2, columns.quantity, 'quantity/negative'],
      [2, columns.barcode, 'cell/ignored'],
      [2, columns.body, 'html/cleaned'],
    ]),
  )
  expect(report.refused).toBe(0)
  expect(await detail('odd')).toMatchObject({
    descriptionHtml: '<p>Hi</p>',
    availability: 'out',
    variants: [{ compareAt: null }],
  })
})

test('a product that is not complete in Arabic is imported as a draft and says what is missing; completed, it is published', async () => {
  const report = await importRows([product('english-only', { titleAr: '', body: 'Warm light', vendorAr: '' })])
  expect(issues(report)).toEqual([[2, `${columns.titleAr}, ${columns.bodyAr}`, 'arabic/missing']])
  expect(await productOf('english-only')).toMatchObject({ status: 'draft', publishedAt: null })
  await expect(detail('english-only')).rejects.toMatchObject({ code: 'catalog/product-not-found' })
  await importRows([product('english-only', { body: 'Warm light', bodyAr: 'ضوء دافئ' })])
  expect((await detail('english-only')).slugs.ar).toBe('مصباح-english-only')
})

test('a file without our columns changes what it speaks of and takes nothing else away', async () => {
  const full = twoColours.map((row, at) =>
    at > 0
      ? row
      : {
          ...row,
          subtitle: 'Warm',
          subtitleAr: 'دافئ',
          tags: 'gift',
          attributes: 'Made of: Brass',
          attributesAr: 'الخامة: نحاس',
        },
  )
  await importRows(full)
  const before = await detail('two-colours')
  const plain: Field[] = ['handle', 'title', 'option1Name', 'option1Value', 'sku', 'price']
  const report = await importRows(
    full.map((row) => ({ ...row, price: '130.00' })),
    { only: plain },
  )
  expect(report).toMatchObject({ warnings: 0, refused: 0, products: { updated: 1 } })
  const after = await detail('two-colours')
  expect(after.variants.map((variant) => variant.price)).toEqual([money(13_000), money(13_000)])
  expect(after).toEqual({
    ...before,
    updatedAt: after.updatedAt,
    variants: before.variants.map((variant) => ({ ...variant, price: money(13_000) })),
    related: after.related,
  })
  expect((await detail(before.slugs.ar, 'ar')).options).toMatchObject([
    { name: 'اللون', values: [{ name: 'عنبري' }, { name: 'أسود' }] },
  ])
})

test('Published FALSE and the status decide what is shown', async () => {
  await importRows([
    product('hidden', { published: 'FALSE' }),
    product('old', { status: 'archived' }),
    product('shown', { published: 'TRUE' }),
  ])
  expect(
    [await productOf('hidden'), await productOf('old'), await productOf('shown')].map((row) => row?.status),
  ).toEqual(['draft', 'archived', 'active'])
})

test('a variant that is not in the file any more is no longer sold, unless the file has faults', async () => {
  await importRows(twoColours)
  const [first = {}, second = {}] = twoColours
  await importRows([first, { ...second, price: 'oops' }])
  expect((await detail('two-colours')).variants).toHaveLength(2)
  const report = await importRows([first])
  expect(issues(report)).toEqual([[2, columns.sku, 'variant/retired']])
  expect((await detail('two-colours')).variants.map((variant) => variant.sku)).toEqual(['TWO-A'])
  await importRows(twoColours)
  expect((await detail('two-colours')).variants).toHaveLength(2)
})

test('an Arabic address that is taken gets the handle behind it', async () => {
  await importRows([product('first-moon', { titleAr: 'قمر' }), product('second-moon', { titleAr: 'قمر' })])
  const slugs = [(await detail('first-moon')).slugs.ar, (await detail('second-moon')).slugs.ar]
  expect(slugs).toEqual(['قمر', 'قمر-second-moon'])
  expect((await detail('قمر-second-moon', 'ar')).slugs.en).toBe('second-moon')
})

test('a product without SKUs gets stable ones', async () => {
  const rows = [product('nameless', coloured({ option1Value: 'Black', option1ValueAr: 'أسود', sku: '' }))]
  await importRows(rows)
  expect((await importRows(rows)).products).toMatchObject({ unchanged: 1 })
  expect((await detail('nameless')).variants[0]?.sku).toBe('NAMELESS-BLACK')
})

test('pictures come from files and folders beside the file, and from nowhere else', async () => {
  const pixels = { width: 700, height: 770, channels: 3 as const, background: '#336699' }
  await sharp({ create: pixels })
    .jpeg()
    .withExif({ IFD0: { Copyright: 'me' } })
    .toFile(path.join(folder, 'lamp.jpg'))
  await mkdir(path.join(folder, 'media', 'ready'), { recursive: true })
  for (const width of [320, 640])
    for (const type of ['webp', 'avif'] as const)
      await sharp({ create: { ...pixels, width, height: Math.round(width * 1.1) } })
        .toFormat(type)
        .toFile(path.join(folder, 'media', 'ready', `${width}.${type}`))
  await writeFile(path.join(folder, 'drawing.svg'), '<svg/>')
  const rows: Cells[] = [
    product('pictured', { imageSrc: 'lamp.jpg', imageAlt: 'A lamp', imageAltAr: 'مصباح', variantImage: 'media/ready' }),
    { handle: 'pictured', imageSrc: 'media/ready', imagePosition: '2' },
    { handle: 'pictured', imageSrc: '../secret.jpg' },
    { handle: 'pictured', imageSrc: '/etc/passwd' },
    { handle: 'pictured', imageSrc: 'missing.png' },
    { handle: 'pictured', imageSrc: 'drawing.svg' },
    { handle: 'pictured', imageSrc: 'http://plain.example/a.jpg' },
  ]
  const report = await importRows(rows)
  expect(issues(report)).toEqual([
    [4, columns.imageSrc, 'picture/outside'],
    [5, columns.imageSrc, 'picture/outside'],
    [6, columns.imageSrc, 'picture/not-found'],
    [7, columns.imageSrc, 'picture/invalid'],
    [8, columns.imageSrc, 'picture/not-https'],
  ])
  const { pictures, variants } = await detail('pictured')
  expect(pictures).toMatchObject([
    { alt: 'A lamp', width: 640, height: 704, widths: [320, 640] },
    { key: 'ready', widths: [320, 640] },
  ])
  expect(variants[0]?.pictureKey).toBe('ready')
  const stored = await sharp(path.join(folder, 'stored', pictures[0]?.key ?? '', '640.webp')).metadata()
  expect([stored.format, stored.exif]).toEqual(['webp', undefined])
  expect((await importRows(rows)).products).toMatchObject({ unchanged: 1 })
})

test('a picture named by address is fetched by a job; until it arrives the product does without', async () => {
  const url = 'https://pictures.example/lamp.jpg'
  const rows = [product('remote', { imageSrc: url, imageAlt: 'A lamp', variantImage: url })]
  expect(await importRows(rows)).toMatchObject({ warnings: 0, products: { created: 1 } })
  expect((await detail('remote')).pictures).toEqual([])
  const source = await db.selectFrom('mediaSources').select('id').where('url', '=', url).executeTakeFirstOrThrow()
  await db
    .insertInto('media')
    .values({ key: 'arrived', width: 320, height: 352, widths: [320] })
    .execute()
  await db.updateTable('mediaSources').set({ mediaKey: 'arrived' }).where('id', '=', source.id).execute()
  for (const _ of [1, 2]) await catalogJobs['catalog.attach-pictures']?.(app.ctx, { sourceId: source.id })
  expect(await detail('remote')).toMatchObject({
    pictures: [{ key: 'arrived', alt: 'A lamp' }],
    variants: [{ pictureKey: 'arrived' }],
  })
  expect((await importRows(rows)).products).toMatchObject({ unchanged: 1 })
})

test('a picture whose address leads inside is given up at once, and asked for again by the next import', async () => {
  const rows = [product('inside', { imageSrc: 'https://127.0.0.1/lamp.jpg' })]
  await importRows(rows)
  const find = () =>
    db
      .selectFrom('mediaSources')
      .select(['id', 'failedReason'])
      .where('url', 'like', '%127.0.0.1%')
      .executeTakeFirstOrThrow()
  const { id } = await find()
  await mediaJobs['media.fetch']?.(app.ctx, { sourceId: id })
  expect((await find()).failedReason).toBe('the address is not on the public internet')
  await importRows(rows)
  expect((await find()).failedReason).toBeNull()
})
