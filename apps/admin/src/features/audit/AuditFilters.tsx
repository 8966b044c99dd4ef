import { useWords } from '../../app/words.tsx'
import { SearchField, SelectField, TextField } from '../../ui/Field.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import type { useFilters } from '../../ui/search-params.ts'

export const auditFilterNames = ['action', 'result', 'actorId', 'objectType', 'objectId', 'from', 'to'] as const
type Filters = ReturnType<typeof useFilters<(typeof auditFilterNames)[number]>>

/** What actions begin with; the whole list is in the documentation of the log. */
const families = ['auth.', 'staff.', 'role.', 'approval.', 'consent.', 'security.'] as const
const results = ['ok', 'refused', 'failed'] as const

/** Narrow the log down. The address carries all of it, so a search can be sent to a colleague. */
export function AuditFilters({ values, change, clear, isFiltered, generation }: Filters) {
  const { t } = useWords()
  const any = { value: '', label: t('admin.states.any') }
  const isFamily = families.some((family) => family === values.action)
  return (
    <FilterBar key={generation} label={t('admin.audit.filter')} {...(isFiltered ? { onClear: clear } : {})}>
      <SelectField
        name="family"
        label={t('admin.audit.about')}
        value={isFamily ? values.action : ''}
        onChange={(action) => change({ action })}
        options={[any, ...families.map((value) => ({ value, label: t(`admin.audit.family.${value}`) }))]}
      />
      <SearchField
        label={t('admin.audit.columns.action')}
        value={isFamily ? '' : values.action}
        onChange={(action) => change({ action })}
        isLatin
      />
      <SelectField
        name="result"
        label={t('admin.audit.columns.result')}
        value={values.result}
        onChange={(result) => change({ result })}
        options={[any, ...results.map((value) => ({ value, label: t(`admin.audit.result.${value}`) }))]}
      />
      <DateField label={t('admin.audit.from')} value={values.from} onChange={(from) => change({ from })} />
      <DateField label={t('admin.audit.to')} value={values.to} onChange={(to) => change({ to })} />
    </FilterBar>
  )
}

function DateField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <div onChange={(event) => event.target instanceof HTMLInputElement && onChange(event.target.value)}>
      <TextField name={label} type="date" label={label} value={value} />
    </div>
  )
}
