import path from 'node:path'
import type { AppContext } from '../../../context.ts'
import { applyBatch } from './apply-batch.ts'
import { columns } from './columns.ts'
import { groupRows } from './group-rows.ts'
import type { Issue } from './issues.ts'
import { draftProduct } from './product-draft.ts'
import type { ProductDraft } from './product-draft.ts'
import { openCsv } from './read-csv.ts'

/** Large enough to be fast, small enough that a checkout waits for its rows no longer than a blink. */
const BATCH_PRODUCTS = 100
const BATCH_VARIANTS = 1_000
/** Beyond this the report only counts: a file that is wrong throughout needs no hundred thousand lines to say so. */
const MAX_ISSUES = 5_000

export interface ImportOptions {
  file: string
  isDryRun: boolean
  /** Where relative pictures are looked for; the file's own folder unless told otherwise. */
  pictureFolder?: string | undefined
  onProgress?: ((progress: { rows: number; of: number; products: number }) => void) | undefined
}

export interface ImportReport {
  file: string
  isDryRun: boolean
  rows: number
  products: { created: number; updated: number; unchanged: number; refused: number }
  variants: number
  refused: number
  warnings: number
  issues: Issue[]
  seconds: number
}

/** One SKU is one variant: whoever comes second in the file is refused. */
function claimSkus(
  draft: ProductDraft,
  lineBySku: Map<string, number>,
  report: (issue: Issue) => void,
): ProductDraft | undefined {
  const variants = draft.variants.filter(({ sku, line }) => {
    const first = lineBySku.get(sku)
    if (first === undefined) return lineBySku.set(sku, line)
    const value = `${sku} (line ${first})`
    report({ severity: 'refused', line, column: columns.sku, code: 'sku/duplicate', handle: draft.handle, value })
    return false
  })
  if (variants.length === draft.variants.length) return draft
  if (variants.length > 0) return { ...draft, variants, hasRefusedRows: true }
  report({
    severity: 'refused',
    line: draft.line,
    column: null,
    code: 'product/no-variants',
    handle: draft.handle,
    value: null,
  })
  return undefined
}

function emptyReport(options: ImportOptions): ImportReport {
  return {
    file: options.file,
    isDryRun: options.isDryRun,
    rows: 0,
    products: { created: 0, updated: 0, unchanged: 0, refused: 0 },
    variants: 0,
    refused: 0,
    warnings: 0,
    issues: [],
    seconds: 0,
  }
}

/** Drafts of the file in batches; what cannot be drafted has been reported. */
async function* readBatches(
  options: ImportOptions,
  report: ImportReport,
  tell: (issue: Issue) => void,
): AsyncGenerator<ProductDraft[]> {
  const { rows, rowCount } = await openCsv(options.file)
  const lineBySku = new Map<string, number>()
  let batch: ProductDraft[] = []
  let variants = 0
  const onRow = (): void => {
    report.rows += 1
    options.onProgress?.({
      rows: report.rows,
      of: rowCount,
      products: report.products.created + report.products.updated,
    })
  }
  for await (const group of groupRows(rows, { report: tell, onRow })) {
    const whole = draftProduct(group, tell)
    const draft = whole && claimSkus(whole, lineBySku, tell)
    if (!draft) {
      report.products.refused += 1
      continue
    }
    batch.push(draft)
    variants += draft.variants.length
    if (batch.length < BATCH_PRODUCTS && variants < BATCH_VARIANTS) continue
    yield batch
    batch = []
    variants = 0
  }
  if (batch.length > 0) yield batch
}

/**
 * Imports a product file of Shopify's form with our own columns. Bad rows are reported and left out, the rest goes in; the same
 * file again changes nothing. Throws FileFault for a file that cannot be imported at all.
 */
export async function importCatalogue(ctx: AppContext, options: ImportOptions): Promise<ImportReport> {
  const startedAt = performance.now()
  const report = emptyReport(options)
  const tell = (issue: Issue): void => {
    report[issue.severity === 'refused' ? 'refused' : 'warnings'] += 1
    if (report.issues.length < MAX_ISSUES) report.issues.push(issue)
  }
  const folder = {
    folder: options.pictureFolder ?? path.dirname(path.resolve(options.file)),
    mediaDirectory: ctx.config.MEDIA_DIR,
    isDryRun: options.isDryRun,
  }
  for await (const batch of readBatches(options, report, tell)) {
    const result = await applyBatch(ctx, batch, folder)
    for (const kind of ['created', 'updated', 'unchanged', 'refused'] as const) report.products[kind] += result[kind]
    report.variants += result.variants
    for (const issue of result.issues) tell(issue)
  }
  report.issues.sort((left, right) => left.line - right.line)
  report.seconds = (performance.now() - startedAt) / 1000
  return report
}
