import type { StoredOption } from '../../../platform/db/tables.ts'
import { parseText, toSlug } from './cells.ts'
import type { Field } from './columns.ts'
import type { RowReader } from './row-reader.ts'

export interface OptionName {
  code: string
  nameEn: string
  nameAr: string
  value: Field
  valueAr: Field
}

const fields = [
  { name: 'option1Name', nameAr: 'option1NameAr', value: 'option1Value', valueAr: 'option1ValueAr' },
  { name: 'option2Name', nameAr: 'option2NameAr', value: 'option2Value', valueAr: 'option2ValueAr' },
  { name: 'option3Name', nameAr: 'option3NameAr', value: 'option3Value', valueAr: 'option3ValueAr' },
] as const satisfies readonly Record<string, Field>[]

const spelling: Readonly<Record<string, string>> = { color: 'colour' }

/** Shopify writes a product without options as one option `Title` with the value `Default Title`. */
export const isDefaultOption = (reader: RowReader): boolean =>
  reader.text('option1Name').toLowerCase() === 'title' && reader.text('option1Value').toLowerCase() === 'default title'

const short = (cell: string): string => parseText(cell, 100)

/** The options named in a product's first row. A value without a name refuses the product. Throws RowRefused. */
export function readOptionNames(reader: RowReader): OptionName[] {
  return fields.flatMap(({ name, nameAr, value, valueAr }) => {
    const nameEn = reader.read(name, short)
    if (nameEn === '') return reader.text(value) === '' ? [] : reader.refuse(name, 'text/missing')
    const slug = toSlug(nameEn)
    if (slug === '') return reader.refuse(name, 'text/missing')
    return [{ code: spelling[slug] ?? slug, nameEn, nameAr: reader.read(nameAr, short), value, valueAr }]
  })
}

export interface ChosenOptions {
  codes: Record<string, string>
  /** Adds the values to the product's options: called once the row has proved good. */
  keep: (hex: string | null) => void
}

/** Collects the values variants use, in the order they come up. */
export interface OptionCollector {
  /** Value codes of one row by option code. Throws RowRefused when one is missing. */
  read(reader: RowReader): ChosenOptions
  /** With empty Arabic where the file has none. */
  options(): StoredOption[]
}

export function collectOptions(names: readonly OptionName[]): OptionCollector {
  const values = names.map(() => new Map<string, StoredOption['values'][number]>())

  function readValue(reader: RowReader, name: OptionName): { code: string; nameEn: string; nameAr: string } {
    const nameEn = reader.read(name.value, short)
    const code = toSlug(nameEn)
    if (code === '') return reader.refuse(name.value, 'option/missing')
    return { code, nameEn, nameAr: reader.read(name.valueAr, short) }
  }

  return {
    read(reader) {
      const found = names.map((name) => readValue(reader, name))
      return {
        codes: Object.fromEntries(names.map((name, at) => [name.code, found[at]?.code ?? ''])),
        keep(hex) {
          for (const [at, value] of found.entries()) {
            const known = values[at]?.get(value.code)
            const colour = names[at]?.code === 'colour' ? hex : null
            values[at]?.set(value.code, { ...(known ?? value), hex: known?.hex ?? colour })
          }
        },
      }
    },
    options: () =>
      names.map(({ code, nameEn, nameAr }, at) => ({
        code,
        nameEn,
        nameAr,
        values: [...(values[at]?.values() ?? [])],
      })),
  }
}
