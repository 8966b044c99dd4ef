import { listRoles, listStaff } from '@dhow/contracts/staff.ts'
import type { RoleView, StaffMember } from '@dhow/contracts/staff.ts'
import { useLoaderData } from 'react-router'
import { load, loadAll } from '../app/api.ts'
import { roleName, roleNames } from '../app/role-names.ts'
import { useMay } from '../app/session.ts'
import { useWords } from '../app/words.tsx'
import { InviteDialog } from '../features/staff/InviteDialog.tsx'
import { StaffTable } from '../features/staff/StaffTable.tsx'
import { Button } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SearchField, SelectField } from '../ui/Field.tsx'
import { FilterBar } from '../ui/FilterBar.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { useFilters } from '../ui/search-params.ts'
import { isFound } from '../ui/search-words.ts'
import { SkeletonRows } from '../ui/Skeleton.tsx'

export const loader = () => ({ people: loadAll(load(listStaff, {}), load(listRoles, {})) })

type Filters = ReturnType<typeof useFilters<'q' | 'role' | 'status' | 'invite'>>

const statuses = ['invited', 'active', 'disabled'] as const

function matches(member: StaffMember, { q, role, status }: Filters['values']): boolean {
  if (role && !member.roles.some(({ id }) => id === role)) return false
  if (status && member.status !== status) return false
  const text = [member.name, member.email, roleNames(member.roles, 'en'), roleNames(member.roles, 'ar')].join(' ')
  return isFound(text, q)
}

function Members({
  members,
  roles,
  filters,
}: {
  members: readonly StaffMember[]
  roles: readonly RoleView[]
  filters: Filters
}) {
  const { t, locale } = useWords()
  const { values, change, clear } = filters
  const isFiltered = Boolean(values.q || values.role || values.status)
  const found = members.filter((member) => matches(member, values))
  const any = { value: '', label: t('admin.states.any') }
  return (
    <>
      <FilterBar label={t('admin.staff.filter')} {...(isFiltered ? { onClear: clear } : {})}>
        <SearchField
          key={filters.generation}
          label={t('admin.states.search')}
          value={values.q}
          onChange={(q) => change({ q })}
        />
        <SelectField
          name="role"
          label={t('admin.staff.columns.roles')}
          value={values.role}
          onChange={(role) => change({ role })}
          options={[any, ...roles.map((role) => ({ value: role.id, label: roleName(role, locale) }))]}
        />
        <SelectField
          name="status"
          label={t('admin.staff.columns.status')}
          value={values.status}
          onChange={(status) => change({ status })}
          options={[any, ...statuses.map((value) => ({ value, label: t(`admin.staff.status.${value}`) }))]}
        />
      </FilterBar>
      {found.length > 0 ? (
        <StaffTable members={found} />
      ) : (
        <EmptyState
          icon="search"
          title={t('admin.staff.noMatch')}
          action={<Button onPress={clear}>{t('admin.states.clearFilters')}</Button>}
        >
          <p>{t('admin.staff.noMatchWords')}</p>
        </EmptyState>
      )}
    </>
  )
}

/** Who works here: a list to find somebody in, and the place to invite the next. */
export function Page() {
  const { t } = useWords()
  const may = useMay()
  const { people } = useLoaderData<typeof loader>()
  const filters = useFilters(['q', 'role', 'status', 'invite'])
  return (
    <>
      <PageHeader
        title={t('admin.staff.title')}
        lead={t('admin.staff.lead')}
        actions={
          may('staff.write') && (
            <Button kind="main" icon="plus" onPress={() => filters.change({ invite: '1' })}>
              {t('admin.staff.invite.action')}
            </Button>
          )
        }
      />
      <Card isFlush>
        <Loaded of={people} skeleton={<SkeletonRows />}>
          {([{ items }, { items: all }]) => (
            <>
              <Members members={items} roles={all} filters={filters} />
              <InviteDialog
                isOpen={filters.values.invite === '1' && may('staff.write')}
                roles={all}
                onClose={() => filters.change({ invite: '' })}
              />
            </>
          )}
        </Loaded>
      </Card>
    </>
  )
}
