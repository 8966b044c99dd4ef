import { listRoles } from '@dhow/contracts/staff.ts'
import { useLoaderData } from 'react-router'
import { load } from '../app/api.ts'
import { useMay } from '../app/session.ts'
import { useWords } from '../app/words.tsx'
import { RolesTable } from '../features/roles/RolesTable.tsx'
import { paths } from '../paths.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'

export const loader = () => ({ roles: load(listRoles, {}) })

/** The roles there are. */
export function Page() {
  const { t } = useWords()
  const may = useMay()
  const { roles } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={t('admin.roles.title')}
        lead={t('admin.roles.lead')}
        actions={
          may('roles.write') && (
            <ButtonLink kind="main" icon="plus" to={paths.newRole()}>
              {t('admin.roles.new')}
            </ButtonLink>
          )
        }
      />
      <Card isFlush>
        <Loaded of={roles} skeleton={<SkeletonRows rows={7} />}>
          {({ items }) => <RolesTable roles={items} />}
        </Loaded>
      </Card>
    </>
  )
}
