import { COLOURS } from '../catalogue/values.ts'
import type { Pictures } from './pictures.ts'

/** The colour of a swatch by its id; the drawing and the swatch can't differ. */
export function swatch(id: string): string {
  const colour = COLOURS[id]
  if (!colour) throw new Error(`no colour ${id}`)
  return colour.hex
}

/** One picture for each colour of a product. */
export const each = (handle: string, ids: readonly string[], draw: (colour: string, id: string) => string): Pictures =>
  ids.map((id) => [`${handle}-${id}`, () => draw(swatch(id), id)] as const)
