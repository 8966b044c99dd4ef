/** Every reason the importer gives, with the words a merchant reads. The codes are stable; `--json` prints them. */
export const issueWords = {
  'file/not-found': 'There is no such file',
  'file/not-a-file': 'This is not a file',
  'file/unreadable': 'The file cannot be read: check its permissions',
  'file/empty': 'The file is empty',
  'file/too-large': 'The file is larger than 50 MB: split it',
  'file/too-many-rows': 'The file has more than 100,000 rows: split it',
  'file/utf-16': 'The file is UTF-16: save it as "CSV UTF-8"',
  'file/binary': 'The file is not text: save it as "CSV UTF-8"',
  'column/missing': 'A column that is needed is missing',
  'column/duplicate': 'A column is there twice',
  'column/unknown': 'This column is not known and was left out',
  'csv/quote': 'A quotation mark is not closed, or stands inside a cell without being doubled',
  'csv/too-many-cells': 'The row has more cells than the header: a comma is probably not inside quotation marks',
  'text/not-utf8': 'The text is not UTF-8: save the file as "CSV UTF-8"',
  'text/missing': 'This cell must not be empty',
  'text/too-long': 'The text is too long',
  'handle/invalid': 'The handle has no letters or digits',
  'handle/repeated': 'Rows of this handle came earlier: all rows of a product must follow each other',
  'sku/invalid': 'The SKU has invisible or control characters',
  'sku/duplicate': 'The SKU is in the file twice',
  'sku/other-product': 'The SKU belongs to another product',
  'option/duplicate': 'Another variant of the product has the same options',
  'option/missing': 'The variant has no value for an option the product has',
  'price/missing': 'The price is missing',
  'price/not-a-number': 'This is not a price',
  'price/negative': 'The price is negative',
  'price/zero': 'The price is zero',
  'price/too-precise': 'The price has more than two decimals',
  'price/absurd': 'The price is above AED 1,000,000',
  'number/mixed-digits': 'Arabic and Latin digits are mixed in one number',
  'compare-at/not-above-price': 'The price before is not above the price and was left out',
  'quantity/not-a-number': 'This is not a whole number of pieces',
  'quantity/negative': 'The quantity is negative and was taken as 0',
  'quantity/absurd': 'The quantity is above 1,000,000',
  'quantity/below-reserved': 'Orders have reserved more than that: the stock was left as it is',
  'weight/not-a-number': 'This is not a weight in grams',
  'status/unknown': 'The status must be active, draft or archived',
  'published/unknown': 'Published must be TRUE or FALSE',
  'cell/ignored': 'The value is not understood and was left out',
  'html/cleaned': 'Scripts or unsafe links were removed from the description',
  'arabic/missing': 'Not complete in Arabic: imported as a draft, not published',
  'attributes/unpaired': 'The attributes do not pair up in both languages; those without a pair were left out',
  'picture/outside': 'The path leaves the folder of the file',
  'picture/not-found': 'There is no such picture',
  'picture/invalid': 'The picture is not a usable JPEG, PNG, WebP or AVIF',
  'picture/not-https': 'Pictures are fetched over https only',
  'picture/too-many': 'A product has at most 20 pictures; the rest were left out',
  'product/no-variants': 'No variant of the product could be imported',
  'product/too-many-rows': 'A product has at most 500 rows',
  'product/slug-taken': 'Another product has this address',
  'variant/retired': 'The variant is not in the file any more and is no longer sold',
} as const

export type IssueCode = keyof typeof issueWords

/** `refused`: the row (or product, or file) was not imported. `warning`: it was, with something left out or changed. */
export interface Issue {
  severity: 'refused' | 'warning'
  /** Line of the file the row begins on; 0 is the file itself. */
  line: number
  column: string | null
  code: IssueCode
  handle: string | null
  /** The cell, shortened, as it stood in the file. */
  value: string | null
}

/** A fault in one cell, thrown by the cell parsers and reported with its line by whoever reads the row. */
export class CellFault extends Error {
  override name = 'CellFault'
  readonly code: IssueCode
  constructor(code: IssueCode) {
    super(code)
    this.code = code
  }
}

/** A file that cannot be imported at all. */
export class FileFault extends Error {
  override name = 'FileFault'
  readonly issue: Issue
  constructor(code: IssueCode, column: string | null = null) {
    super(`${issueWords[code]}${column === null ? '' : `: ${column}`}`)
    this.issue = { severity: 'refused', line: 0, column, code, handle: null, value: null }
  }
}

const MAX_SHOWN = 80

/** Cells are shown without control characters: a report is printed on a terminal. */
export function shown(cell: string): string {
  const safe = cell.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()
  return safe.length > MAX_SHOWN ? `${safe.slice(0, MAX_SHOWN)}…` : safe
}
