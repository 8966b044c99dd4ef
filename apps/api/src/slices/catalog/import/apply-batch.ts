import type { AppContext } from '../../../context.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import { countStocks, listDifferingCounts } from '../../inventory/inventory.ts'
import { findPicture, findSources, insertMedia, requestSources } from '../../media/media.ts'
import type { FoundPicture, MediaSource, PictureFolder } from '../../media/media.ts'
import { refreshProductCards } from '../refresh-cards.ts'
import { columns } from './columns.ts'
import type { Issue } from './issues.ts'
import { loadKnown } from './known.ts'
import { planProduct } from './plan-product.ts'
import type { ProductPlan } from './plan-product.ts'
import type { ProductDraft } from './product-draft.ts'
import { beginBatch, replacePictures, upsertProducts, upsertVariants } from './write.sql.ts'

export interface BatchResult {
  created: number
  updated: number
  unchanged: number
  refused: number
  variants: number
  issues: Issue[]
}

const PICTURES_AT_ONCE = 4

/** Looks at (and unless it is a dry run, prepares) every picture a batch names. Before the transaction: encoding takes its time. */
async function findPictures(
  drafts: readonly ProductDraft[],
  folder: PictureFolder,
): Promise<Map<string, FoundPicture>> {
  const wanted = new Set(
    drafts.flatMap((draft) => [...draft.pictures.map(({ src }) => src), ...draft.variants.map(({ image }) => image)]),
  )
  wanted.delete('')
  const queue = [...wanted]
  const found = new Map<string, FoundPicture>()
  async function work(): Promise<void> {
    for (let src = queue.shift(); src !== undefined; src = queue.shift()) found.set(src, await findPicture(src, folder))
  }
  await Promise.all(Array.from({ length: PICTURES_AT_ONCE }, work))
  return found
}

/** Sources of the pictures to fetch, known ones as they are; new ones are requested, or in a dry run made up. */
async function findAllSources(
  db: DbOrTx,
  tx: Tx | undefined,
  urls: readonly string[],
  now: Date,
): Promise<Map<string, MediaSource>> {
  if (urls.length === 0) return new Map()
  const sources = await findSources(db, urls)
  const missing = urls.filter((url) => !sources.get(url)?.mediaKey)
  if (missing.length === 0) return sources
  const requested = tx
    ? await requestSources(tx, missing, now)
    : missing.map((url) => sources.get(url) ?? { id: newId(), url, mediaKey: null })
  for (const source of requested) sources.set(source.url, source)
  if (tx)
    await enqueue(
      tx,
      ...requested.map(({ id }) => ({
        task: 'media.fetch',
        payload: { sourceId: id },
        key: `media:${id}`,
        priority: 10,
      })),
    )
  return sources
}

async function writePlans(
  tx: Tx,
  plans: readonly ProductPlan[],
  found: ReadonlyMap<string, FoundPicture>,
  now: Date,
): Promise<void> {
  await insertMedia(
    tx,
    [...found.values()].flatMap((picture) => (picture.kind === 'ready' ? [picture.picture] : [])),
  )
  await upsertProducts(
    tx,
    plans.flatMap((plan) => plan.product ?? []),
    now,
  )
  await upsertVariants(
    tx,
    plans.flatMap((plan) => plan.variants),
    now,
  )
  const pictured = plans.filter((plan) => plan.pictures !== undefined)
  await replacePictures(
    tx,
    pictured.map((plan) => plan.productId),
    pictured.flatMap((plan) => plan.pictures?.ready ?? []),
    pictured.flatMap((plan) => plan.pictures?.awaited ?? []),
  )
}

/** Counts the stock of the batch, or in a dry run only sees what would move. Answers the variants that (would) move. */
async function applyCounts(
  db: DbOrTx,
  tx: Tx | undefined,
  plans: readonly ProductPlan[],
  batch: { now: Date; report: (issue: Issue) => void },
): Promise<Set<string>> {
  const counts = plans.flatMap((plan) => plan.counts)
  if (!tx) return new Set((await listDifferingCounts(db, counts)).map((count) => count.variantId))
  const { changed, belowReserved } = await countStocks(tx, counts, { reason: 'import', now: batch.now })
  for (const level of belowReserved) {
    const plan = plans.find((each) => each.counts.some((count) => count.variantId === level.variantId))
    const line = plan?.counts.find((count) => count.variantId === level.variantId)?.line ?? 0
    const handle = plan?.draft.handle ?? null
    const value = `${level.reserved} reserved`
    batch.report({
      severity: 'warning',
      line,
      column: columns.quantity,
      code: 'quantity/below-reserved',
      handle,
      value,
    })
  }
  return new Set(changed)
}

interface Batch {
  drafts: readonly ProductDraft[]
  found: ReadonlyMap<string, FoundPicture>
  now: Date
}

async function runBatch(db: DbOrTx, tx: Tx | undefined, { drafts, found, now }: Batch): Promise<BatchResult> {
  const issues: Issue[] = []
  const report = (issue: Issue): void => void issues.push(issue)
  const known = await loadKnown(db, tx, drafts)
  const urls = [...found.values()].flatMap((picture) => (picture.kind === 'remote' ? [picture.url] : []))
  const sources = await findAllSources(db, tx, urls, now)
  const plans = drafts.flatMap((draft) => planProduct(draft, { known, book: { found, sources }, report }) ?? [])
  if (tx) await writePlans(tx, plans, found, now)
  const moved = await applyCounts(db, tx, plans, { now, report })
  const isTouched = (plan: ProductPlan): boolean =>
    plan.product !== undefined ||
    plan.variants.length > 0 ||
    plan.pictures !== undefined ||
    plan.counts.some((count) => moved.has(count.variantId))
  const touched = plans.filter(isTouched)
  if (tx)
    await refreshProductCards(
      tx,
      touched.map((plan) => plan.productId),
    )
  return {
    created: plans.filter((plan) => plan.isNew).length,
    updated: touched.filter((plan) => !plan.isNew).length,
    unchanged: plans.length - touched.length,
    refused: drafts.length - plans.length,
    variants: plans.reduce((all, plan) => all + plan.draft.variants.length, 0),
    issues,
  }
}

/** Brings a batch of products into the shop in one transaction, or in a dry run says what that would do and writes nothing. */
export async function applyBatch(
  ctx: AppContext,
  drafts: readonly ProductDraft[],
  folder: PictureFolder,
): Promise<BatchResult> {
  const found = await findPictures(drafts, folder)
  const batch: Batch = { drafts, found, now: ctx.clock.now() }
  return folder.isDryRun
    ? runBatch(ctx.db, undefined, batch)
    : inTransaction(ctx.db, async (tx) => {
        await beginBatch(tx)
        return runBatch(tx, tx, batch)
      })
}
