import { z } from 'zod'

/** At most `limit` in any `seconds`. */
export interface Window {
  limit: number
  seconds: number
}

/** One of the windows a request must fit into: `key` is whom it counts, and says nothing about them. */
export interface WindowRule extends Window {
  name: string
  key: string
}

const entryShape = /^([a-z]+(?::[A-Z]{2})?)((?: [1-9]\d{0,8}\/[1-9]\d{0,6})+)$/

function parseEntry(text: string): [string, Window[]] | undefined {
  const match = entryShape.exec(text.trim())
  if (!match?.[1] || !match[2]) return undefined
  const windows = match[2]
    .trim()
    .split(' ')
    .map((pair) => pair.split('/').map(Number))
    .map(([limit = 0, seconds = 0]) => ({ limit, seconds }))
  return [match[1], windows]
}

/** Windows by what they count, as text: `phone 1/60 3/900; country 50/3600; country:AE 2000/3600` (messages/seconds). */
export const WindowsText = z.string().transform((text, context) => {
  const entries = text.split(';').map((entry) => parseEntry(entry))
  const windows = new Map(entries.filter((entry) => entry !== undefined))
  if (windows.size === entries.length) return windows
  context.issues.push({
    code: 'custom',
    message: 'is a list of name messages/seconds …; as in the default',
    input: text,
  })
  return z.NEVER
})
