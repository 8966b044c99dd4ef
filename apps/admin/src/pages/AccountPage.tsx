import { listOwnStaffPasskeys, listOwnStaffSessions, revokeOwnStaffSession } from '@dhow/contracts/staff-auth.ts'
import { useLoaderData } from 'react-router'
import { call, load } from '../app/api.ts'
import { useSelf } from '../app/session.ts'
import { SessionList } from '../app/SessionList.tsx'
import { useWords } from '../app/words.tsx'
import { FactorsCard } from '../features/account/FactorsCard.tsx'
import { PasswordCard } from '../features/account/PasswordCard.tsx'
import { ProfileCard } from '../features/account/ProfileCard.tsx'
import { Card, Stack } from '../ui/Card.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'

export const loader = () => ({
  passkeys: load(listOwnStaffPasskeys, {}),
  sessions: load(listOwnStaffSessions, {}),
})

/** One's own account: who one is here, how one signs in, and where one is signed in. */
export function Page() {
  const { t } = useWords()
  const self = useSelf()
  const { passkeys, sessions } = useLoaderData<typeof loader>()
  const end = (sessionId: string) => call(revokeOwnStaffSession, { params: { sessionId } })
  return (
    <>
      <PageHeader title={t('admin.account.title')} lead={t('admin.account.lead')} />
      <Stack isSplit>
        <Stack>
          <ProfileCard />
          {self.hasPassword && <PasswordCard />}
        </Stack>
        <Stack>
          <Loaded
            of={passkeys}
            skeleton={
              <Card title={t('admin.account.factors')} isFlush>
                <SkeletonRows rows={3} />
              </Card>
            }
          >
            {({ items }) => <FactorsCard passkeys={items} />}
          </Loaded>
          <Card title={t('admin.account.sessions')} lead={t('admin.account.sessionsLead')} isFlush>
            <Loaded of={sessions} skeleton={<SkeletonRows rows={2} />}>
              {({ items }) => <SessionList sessions={items} end={end} />}
            </Loaded>
          </Card>
        </Stack>
      </Stack>
    </>
  )
}
