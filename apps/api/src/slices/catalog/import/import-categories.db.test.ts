import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getProduct, listCategories } from '@dhow/contracts/catalog.ts'
import { afterAll, expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { importCategories } from './import-categories.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'dhow-categories-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const app = await startTestApp({ env: { MEDIA_DIR: path.join(folder, 'stored') } })
const { api } = app

const header = 'handle,handle_ar,name_en,name_ar,description_en,description_ar,position,picture'
async function importMenu(...rows: string[]): Promise<{ total: number; changed: number }> {
  const file = path.join(folder, 'categories.csv')
  await writeFile(file, `${[header, ...rows].join('\n')}\n`)
  return importCategories(app.ctx, file)
}

test('the menu is as the file says, in its order, and the same file again changes nothing', async () => {
  const rows = ['rugs,سجاد,Rugs,سجاد,Soft,ناعم,2,', 'mugs,أكواب,Mugs,أكواب,Hot,ساخن,1,']
  expect(await importMenu(...rows)).toEqual({ total: 2, changed: 2 })
  expect(await importMenu(...rows)).toEqual({ total: 2, changed: 0 })
  const { items } = await api.call(listCategories, { locale: 'ar' })
  expect(items.map((item) => [item.slug, item.name, item.description])).toEqual([
    ['أكواب', 'أكواب', 'ساخن'],
    ['سجاد', 'سجاد', 'ناعم'],
  ])
})

test('a category of another name is named anew on the pages of its products', async () => {
  const handle = 'throws'
  const { slugs } = await app.given.product({ category: { handle, name: { en: 'Throws', ar: 'أغطية' } } })
  await importMenu('throws,أغطية,Blankets,بطانيات,,,1,')
  app.ctx.cache.clear()
  const { category } = await api.call(getProduct, { params: { slug: slugs.en } })
  expect(category).toMatchObject({ name: 'Blankets', slugs: { en: handle, ar: 'أغطية' } })
})

test('a file without a column that is needed is refused', async () => {
  const file = path.join(folder, 'categories.csv')
  await writeFile(file, 'handle,name_en\nx,X\n')
  await expect(importCategories(app.ctx, file)).rejects.toThrow('A column that is needed is missing: handle_ar')
})
