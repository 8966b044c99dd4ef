import { Problem } from '../../platform/http/problem.ts'

const cursorText = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** A place in a list by instant and id. Throws `catalog/cursor-invalid`. */
export function readTimeCursor(text: string | undefined): { at: Date; id: string } | undefined {
  if (text === undefined) return undefined
  const [, millis, id] = cursorText.exec(text) ?? []
  if (millis === undefined || id === undefined) throw new Problem('catalog/cursor-invalid')
  return { at: new Date(Number(millis)), id }
}

export const timeCursor = (at: Date, id: string): string => `${at.getTime()}_${id}`
