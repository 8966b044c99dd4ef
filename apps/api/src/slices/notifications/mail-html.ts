import { oneLine } from './mail-text.ts'

/** HTML that is safe to put into HTML: made by the `html` tag only. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = Html | string | number | readonly Part[] | false | null | undefined

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)

function print(part: Part): string {
  if (part instanceof Html) return part.text
  if (part === false || part === null || part === undefined) return ''
  if (typeof part === 'string') return escapeHtml(part)
  return typeof part === 'number' ? String(part) : part.map(print).join('')
}

/** Template tag: whatever is put in is escaped, unless it is HTML made by this tag. Attributes must be quoted. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.map((text, index) => (index < parts.length ? text + print(parts[index]) : text)).join(''))

/** Somebody's text: on one line, without bidi characters, and isolated so that it cannot turn what stands beside it. */
export const isolated = (text: string): Html => html`<bdi>${oneLine(text)}</bdi>`

/** Order numbers, amounts, phones, codes: left to right in either language, never broken over two lines. */
export const figure = (text: string): Html =>
  html`<span dir="ltr" style="unicode-bidi:isolate;white-space:nowrap">${oneLine(text)}</span>`
