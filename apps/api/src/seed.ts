import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ConfigError, readConfig } from './config.ts'
import { createContext } from './context.ts'
import type { AppContext } from './context.ts'
import {
  FileFault,
  hasProducts,
  importCatalogue,
  importCategories,
  printReport,
} from './slices/catalog/import/import.ts'
import { findPicture } from './slices/media/media.ts'
import { ensureDemoStaff } from './slices/staff/staff.ts'

const demo = (name: string): string => fileURLToPath(new URL(`../demo/${name}`, import.meta.url))

/** The pictures of the home page: no product names them, so no import brings them. */
async function placePagePictures(ctx: AppContext): Promise<void> {
  const options = { folder: demo(''), mediaDirectory: ctx.config.MEDIA_DIR, isDryRun: false }
  const names = (await readdir(demo('media'))).filter((name) => name.startsWith('hero-'))
  await Promise.all(names.map((name) => findPicture(`media/${name}`, options)))
}

async function seed(ctx: AppContext): Promise<void> {
  await placePagePictures(ctx)
  const categories = await importCategories(ctx, demo('categories.csv'))
  const report = await importCatalogue(ctx, { file: demo('catalogue.csv'), isDryRun: false })
  process.stdout.write(
    `${categories.total} categories, ${categories.changed} of them new or changed\n${printReport(report)}`,
  )
  process.exitCode = report.refused > 0 ? 2 : 0
}

/** Staff to sign in as, for a demo shop that says where to keep their secrets. */
async function seedStaff(ctx: AppContext): Promise<void> {
  const { DEMO_STAFF_FILE, DHOW_MODE } = ctx.config
  if (DEMO_STAFF_FILE === undefined || DHOW_MODE === 'production') return
  const made = await ensureDemoStaff(ctx, DEMO_STAFF_FILE)
  if (made > 0) process.stdout.write(`${made} demo staff, their secrets in ${DEMO_STAFF_FILE}\n`)
}

/** Fills an empty shop with the demo catalogue; `--force` brings it up to date in a shop that has products. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { force: { type: 'boolean' } } })
  const ctx = createContext({ ...readConfig(), REDIS_URL: undefined }, { processName: 'seed' }) // needs no Redis
  try {
    await seedStaff(ctx)
    if (!values.force && (await hasProducts(ctx.db)))
      process.stdout.write('The shop has products already: nothing to do (--force imports the demo catalogue again)\n')
    else await seed(ctx)
  } finally {
    await ctx.close()
  }
}

main().catch((error: unknown) => {
  const isExpected = error instanceof FileFault || error instanceof ConfigError
  process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
})
