import sanitize from 'sanitize-html'
import { CellFault } from './issues.ts'

const MAX_LENGTH = 20_000
const invisible =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B\u200E\u200F\u061C\u202A-\u202E\u2060-\u2069\uFEFF]/gu
const unsafe = /<\s*(script|iframe|object|embed|form|svg|style|link|meta)|\son\w+\s*=|(javascript|vbscript|data)\s*:/i

const rules: sanitize.IOptions = {
  allowedTags: ['p', 'b', 'strong', 'i', 'em', 'ul', 'ol', 'li', 'a', 'h2', 'h3', 'h4', 'br'],
  allowedAttributes: { a: ['href', 'rel'] },
  allowedSchemes: ['https'],
  allowProtocolRelative: false,
  transformTags: {
    h1: 'h2',
    h5: 'h4',
    h6: 'h4',
    // An address we do not want costs the link, not its words.
    a: (tagName, { href = '' }): sanitize.Tag =>
      /^https:\/\/[^/]/i.test(href)
        ? { tagName, attribs: { href, rel: 'nofollow noopener' } }
        : { tagName: 'span', attribs: {} },
  },
}

const asParagraphs = (text: string): string =>
  text
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .map((part) => `<p>${part.trim().replace(/\n/g, '<br />')}</p>`)
    .join('')

/**
 * A description as it is stored and shown: our few tags, https links, no attribute besides. Text without any tag becomes
 * paragraphs. `isCleaned` says that something which could have run was in it. Throws CellFault when it is too long.
 */
export function parseDescription(cell: string): { html: string; isCleaned: boolean } {
  if (cell.length > MAX_LENGTH * 4) throw new CellFault('text/too-long')
  const source = cell
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(invisible, '')
    .replace(/<\/div>/gi, '<br />')
    .trim()
  const html = sanitize(/<[a-z!/]/i.test(source) ? source : asParagraphs(source), rules).trim()
  if (html.length > MAX_LENGTH) throw new CellFault('text/too-long')
  return { html: html.replace(/<p>\s*<\/p>/g, ''), isCleaned: unsafe.test(source) }
}
