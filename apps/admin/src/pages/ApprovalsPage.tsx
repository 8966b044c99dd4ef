import { listApprovals } from '@dhow/contracts/staff.ts'
import { useLoaderData } from 'react-router'
import { load } from '../app/api.ts'
import { useWords } from '../app/words.tsx'
import { ApprovalCard } from '../features/approvals/ApprovalCard.tsx'
import { Card, Stack } from '../ui/Card.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'

export const loader = () => ({ approvals: load(listApprovals, {}) })

/** What waits for a second person, and what became of the last ones. */
export function Page() {
  const { t } = useWords()
  const { approvals } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader title={t('admin.approvals.title')} lead={t('admin.approvals.lead')} />
      <Loaded
        of={approvals}
        skeleton={
          <Card title={t('admin.approvals.waiting')} isFlush>
            <SkeletonRows rows={3} />
          </Card>
        }
      >
        {({ items }) => {
          const waiting = items.filter(({ state }) => state === 'pending')
          const decided = items.filter(({ state }) => state !== 'pending')
          return (
            <Stack>
              <Card title={t('admin.approvals.waiting')} isFlush>
                {waiting.length > 0 ? (
                  waiting.map((approval) => <ApprovalCard key={approval.id} approval={approval} />)
                ) : (
                  <EmptyState icon="approvals" title={t('admin.approvals.none')}>
                    <p>{t('admin.approvals.noneWords')}</p>
                  </EmptyState>
                )}
              </Card>
              {decided.length > 0 && (
                <Card title={t('admin.approvals.decided')} isFlush>
                  {decided.map((approval) => (
                    <ApprovalCard key={approval.id} approval={approval} />
                  ))}
                </Card>
              )}
            </Stack>
          )
        }}
      </Loaded>
    </>
  )
}
