import type { FoundPicture, MediaSource } from '../../media/media.ts'
import { columns } from './columns.ts'
import type { StoredAwaited, StoredPicture } from './import.sql.ts'
import { shown } from './issues.ts'
import type { Issue, IssueCode } from './issues.ts'
import type { DraftPicture, ProductDraft } from './product-draft.ts'
import type { DraftVariant } from './variant-draft.ts'

/** What the pictures of a batch turned out to be, by what stands in the file. */
export interface PictureBook {
  found: ReadonlyMap<string, FoundPicture>
  /** Pictures named by address, with their keys when they have arrived. */
  sources: ReadonlyMap<string, MediaSource>
}

const faults: Readonly<Record<'outside' | 'not-found' | 'not-https' | 'invalid', IssueCode>> = {
  outside: 'picture/outside',
  'not-found': 'picture/not-found',
  'not-https': 'picture/not-https',
  invalid: 'picture/invalid',
}

interface PictureWish {
  draft: ProductDraft
  drafts: readonly DraftVariant[]
  productId: string
  /** What a picture without words of its own shows. */
  names: { en: string; ar: string }
}

/** The product's pictures, then those only a variant names. */
function wantedPictures({ draft, drafts, names }: PictureWish): (DraftPicture & { column: string })[] {
  const alts = { altEn: names.en, altAr: names.ar }
  const listed = draft.pictures.map((picture) => ({
    ...picture,
    altEn: picture.altEn || names.en,
    altAr: picture.altAr || names.ar,
    column: columns.imageSrc,
  }))
  const known = new Set(listed.map((picture) => picture.src))
  const extra = new Map(
    drafts
      .filter(({ image }) => image !== '' && !known.has(image))
      .map(({ image, line }) => [image, { line, src: image, ...alts, column: columns.variantImage }]),
  )
  return [...listed, ...extra.values()]
}

/** Where each picture goes: those that are there, and those that will be when the worker has fetched them. */
export function planPictures(
  wish: PictureWish,
  book: PictureBook,
  report: (issue: Issue) => void,
): { ready: StoredPicture[]; awaited: StoredAwaited[]; keyBySrc: Map<string, string> } {
  const ready: StoredPicture[] = []
  const awaited: StoredAwaited[] = []
  const keyBySrc = new Map<string, string>()
  const keys = new Set<string>()
  for (const { line, src, altEn, altAr, column } of wantedPictures(wish)) {
    const found = book.found.get(src) ?? { kind: 'not-found' }
    const place = { productId: wish.productId, position: ready.length + awaited.length + 1 }
    if (found.kind !== 'ready' && found.kind !== 'remote') {
      report({
        severity: 'warning',
        line,
        column,
        code: faults[found.kind],
        handle: wish.draft.handle,
        value: shown(src),
      })
      continue
    }
    const source = found.kind === 'remote' ? book.sources.get(found.url) : undefined
    const key = found.kind === 'ready' ? found.picture.key : source?.mediaKey
    if (key) {
      keyBySrc.set(src, key)
      if (!keys.has(key)) ready.push({ ...place, mediaKey: key, altEn, altAr })
      keys.add(key)
    } else if (source) {
      const skus = wish.drafts.filter((variant) => variant.image === src).map((variant) => variant.sku)
      awaited.push({ ...place, sourceId: source.id, altEn, altAr, skus })
    }
  }
  return { ready, awaited, keyBySrc }
}
