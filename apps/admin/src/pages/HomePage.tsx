import { listSecurityAlerts } from '@dhow/contracts/audit.ts'
import { listApprovals } from '@dhow/contracts/staff.ts'
import { Link, useLoaderData } from 'react-router'
import { load } from '../app/api.ts'
import { roleNames } from '../app/role-names.ts'
import { ensureSelf, mayDo, useSelf } from '../app/session.ts'
import { useWords } from '../app/words.tsx'
import { Queue } from '../features/home/Queue.tsx'
import { paths } from '../paths.ts'
import { Card, Facts, Stack } from '../ui/Card.tsx'
import { Instant } from '../ui/Instant.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'

const fewRecoveryCodes = 3

export async function loader() {
  const self = await ensureSelf()
  return {
    approvals: load(listApprovals, {}),
    alerts: mayDo(self, 'security.read') ? load(listSecurityAlerts, { query: { state: 'open' } }) : undefined,
  }
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>

function Waiting({ approvals, alerts }: Data) {
  const { t } = useWords()
  return (
    <Card title={t('admin.home.waiting')} isFlush>
      <Loaded of={approvals} skeleton={<SkeletonRows rows={1} />}>
        {({ items }) => (
          <Queue
            icon="approvals"
            label={t('admin.approvals.title')}
            count={items.filter(({ state }) => state === 'pending').length}
            none={t('admin.home.noApprovals')}
            to={paths.approvals()}
          />
        )}
      </Loaded>
      {alerts && (
        <Loaded of={alerts} skeleton={<SkeletonRows rows={1} />}>
          {({ items }) => (
            <Queue
              icon="alert"
              label={t('admin.alerts.title')}
              count={items.length}
              none={t('admin.home.noAlerts')}
              to={paths.alerts()}
              isUrgent
            />
          )}
        </Loaded>
      )}
    </Card>
  )
}

/** What waits for this person, and who they are here. It will hold the day's work when there are orders to work on. */
export function Page() {
  const { t, locale } = useWords()
  const self = useSelf()
  const data = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={t.rich('admin.home.welcome', { name: <bdi key="name">{self.name}</bdi> })}
        documentTitle={t('admin.home.title')}
        lead={t('admin.home.lead')}
      />
      <Stack>
        {self.recoveryCodesLeft <= fewRecoveryCodes && (
          <Notice kind="warn">
            <p>
              {t('admin.home.fewCodes', { count: self.recoveryCodesLeft })}{' '}
              <Link to={paths.account()}>{t('admin.home.makeCodes')}</Link>
            </p>
          </Notice>
        )}
        <Stack isSplit>
          <Waiting {...data} />
          <Card title={t('admin.home.you')}>
            <Facts
              items={[
                { name: t('admin.fields.email'), value: <bdi>{self.email}</bdi> },
                { name: t('admin.staff.columns.roles'), value: roleNames(self.roles, locale) },
                { name: t('admin.home.sessionUntil'), value: <Instant at={self.session.expiresAt} /> },
              ]}
            />
          </Card>
        </Stack>
      </Stack>
    </>
  )
}
