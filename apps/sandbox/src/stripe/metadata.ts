import { invalidRequest } from './errors.ts'
import type { Metadata } from './objects.ts'

export type MetadataParam = Record<string, string | number | null> | '' | null | undefined

const MAX_METADATA_KEYS = 50

/** An empty value removes a key, an empty text all of them. */
export function mergedMetadata(old: Metadata, change: MetadataParam): Metadata {
  if (change === '' || change === null || change === undefined) return {}
  const merged = { ...old }
  for (const [key, value] of Object.entries(change)) {
    if (value === '' || value === null) delete merged[key]
    else merged[key] = String(value)
  }
  return merged
}

/** Stripe does not publish these three limits in its schema; they are the ones in its documentation. */
export function checkMetadata(metadata: MetadataParam): void {
  if (!metadata) return
  if (Object.keys(metadata).length > MAX_METADATA_KEYS)
    throw invalidRequest('Metadata may have at most 50 keys.', undefined, 'metadata')
  for (const [key, value] of Object.entries(metadata)) {
    const param = `metadata[${key}]`
    if (key.length > 40) throw invalidRequest('Metadata keys may have at most 40 characters.', undefined, param)
    if (String(value).length > 500)
      throw invalidRequest('Metadata values may have at most 500 characters.', undefined, param)
  }
}
