import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import type { ColumnDef, RowData, SortingState } from '@tanstack/react-table'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import styles from './data-table.module.css'
import { Icon } from './Icon.tsx'
import type { IconName } from './Icon.tsx'

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric },
})

/** Makes the columns of a table: `tableColumns<StaffMember>()`. A column's id is what stands in the address when it sorts. */
export const tableColumns = <Row extends RowData>() => createColumnHelper<typeof features, Row>()

// oxlint-disable-next-line typescript/no-explicit-any -- each column has another kind of value; TanStack's own examples type it so
export type TableColumns<Row extends RowData> = ColumnDef<typeof features, Row, any>[]

/** What a cell's component is given. Cells are components of their module: made while rendering, they would lose the focus. */
export interface CellOf<Row> {
  row: { original: Row }
}

interface DataTableProps<Row extends RowData> {
  /** Says what the table is; screen readers announce it. */
  label: string
  columns: TableColumns<Row>
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** Columns that phones do without. */
  secondary?: readonly string[]
  /** A few words of the row beside its first cell, for whom the row is opened. */
  footer?: ReactNode
}

/** `?sort=name` or `?sort=-name`: what is sorted by stands in the address, like every other filter. */
function useSortInAddress() {
  const [search, setSearch] = useSearchParams()
  const sort = search.get('sort') ?? ''
  const sorting: SortingState = sort ? [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }] : []
  const onSortingChange = (update: SortingState | ((before: SortingState) => SortingState)): void => {
    const [first] = typeof update === 'function' ? update(sorting) : update
    setSearch(
      (before) => {
        if (first) before.set('sort', `${first.desc ? '-' : ''}${first.id}`)
        else before.delete('sort')
        return before
      },
      { replace: true, preventScrollReset: true },
    )
  }
  return { sorting, onSortingChange }
}

const ariaSort = { asc: 'ascending', desc: 'descending', false: 'none' } as const
const sortIcon: Record<keyof typeof ariaSort, IconName> = { asc: 'up', desc: 'down', false: 'sort' }

/**
 * Rows of things of one kind. Headers sort; a link in a cell with the class `rowLink` makes the whole row open it. On phones the
 * columns named in `secondary` go, and what is left scrolls sideways in its own frame.
 */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, secondary = [], footer } = props
  const { sorting, onSortingChange } = useSortInAddress()
  const table = useTable({ features, columns, data: rows, getRowId: rowId, state: { sorting }, onSortingChange })
  const classOf = (id: string) => (secondary.includes(id) ? styles['secondary'] : undefined)
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <div className={styles['frame']} role="region" aria-label={label} tabIndex={0}>
        <table className={styles['table']} aria-label={label}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => {
                  const sorted = String(header.column.getIsSorted())
                  const direction = sorted === 'asc' || sorted === 'desc' ? sorted : 'false'
                  return (
                    <th
                      key={header.id}
                      scope="col"
                      className={classOf(header.column.id)}
                      aria-sort={header.column.getCanSort() ? ariaSort[direction] : undefined}
                    >
                      {header.column.getCanSort() ? (
                        <button
                          type="button"
                          className={styles['sort']}
                          onClick={header.column.getToggleSortingHandler()}
                        >
                          <table.FlexRender header={header} />
                          <Icon name={sortIcon[direction]} isSmall />
                        </button>
                      ) : (
                        <table.FlexRender header={header} />
                      )}
                    </th>
                  )
                })}
              </tr>
            ))}
          </thead>
          <tbody>
            {table.getRowModel().rows.map((row) => (
              <tr key={row.id}>
                {row.getAllCells().map((cell) => (
                  // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- a cell is no control
                  <td key={cell.id} className={classOf(cell.column.id)}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {footer && <div className={styles['footer']}>{footer}</div>}
    </>
  )
}
