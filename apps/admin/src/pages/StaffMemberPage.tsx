import { getStaffMember, listAnySessions, listRoles, revokeAnySession } from '@dhow/contracts/staff.ts'
import type { StaffMember } from '@dhow/contracts/staff.ts'
import { useLoaderData } from 'react-router'
import type { LoaderFunctionArgs } from 'react-router'
import { call, load, loadAll } from '../app/api.ts'
import { roleNames } from '../app/role-names.ts'
import { ensureSelf, mayDo, useMay, useSelf } from '../app/session.ts'
import { SessionList } from '../app/SessionList.tsx'
import { useWords } from '../app/words.tsx'
import { FactorBadges } from '../features/staff/FactorBadges.tsx'
import { MemberActions } from '../features/staff/MemberActions.tsx'
import { StatusBadge } from '../features/staff/StatusBadge.tsx'
import { paths } from '../paths.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { Card, Facts, Stack } from '../ui/Card.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Instant } from '../ui/Instant.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { SkeletonLines, SkeletonRows } from '../ui/Skeleton.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  const staffId = params['staffId'] ?? ''
  const self = await ensureSelf()
  return {
    member: loadAll(load(getStaffMember, { params: { staffId } }), load(listRoles, {})),
    sessions: mayDo(self, 'sessions.read') ? load(listAnySessions, { query: { kind: 'staff', staffId } }) : undefined,
  }
}

function MemberFacts({ member }: { member: StaffMember }) {
  const { t, locale, format } = useWords()
  return (
    <Facts
      items={[
        { name: t('admin.fields.email'), value: <bdi>{member.email}</bdi> },
        { name: t('admin.staff.columns.roles'), value: roleNames(member.roles, locale) || t('admin.staff.noRoles') },
        { name: t('admin.staff.columns.factors'), value: <FactorBadges factors={member.secondFactors} /> },
        {
          name: t('admin.staff.columns.lastSignIn'),
          value: member.lastSignInAt ? <Instant at={member.lastSignInAt} /> : t('admin.staff.never'),
        },
        { name: t('admin.staff.memberSince'), value: format.date(member.createdAt) },
      ]}
    />
  )
}

function Sessions({ sessions }: { sessions: ReturnType<typeof useLoaderData<typeof loader>>['sessions'] }) {
  const { t } = useWords()
  const may = useMay()
  const { session } = useSelf()
  if (!sessions) return null
  const end = (sessionId: string) => call(revokeAnySession, { params: { sessionId } })
  return (
    <Card title={t('admin.sessions.title')} lead={t('admin.sessions.memberLead')} isFlush>
      <Loaded of={sessions} skeleton={<SkeletonRows rows={2} />}>
        {({ items }) =>
          items.length > 0 ? (
            <SessionList
              sessions={items.map((item) => ({ ...item, account: undefined, isCurrent: item.id === session.id }))}
              end={may('sessions.revoke') ? end : undefined}
            />
          ) : (
            <EmptyState icon="sessions" title={t('admin.sessions.none')} />
          )
        }
      </Loaded>
    </Card>
  )
}

/** One staff member: what they may do, how they sign in, where they are signed in. */
export function Page() {
  const { t } = useWords()
  const may = useMay()
  const { member: loading, sessions } = useLoaderData<typeof loader>()
  const crumbs = [{ to: paths.staff(), label: t('admin.staff.title') }]
  return (
    <Loaded
      of={loading}
      skeleton={
        <>
          <PageHeader title={t('admin.staff.member')} crumbs={crumbs} />
          <Card title={t('admin.staff.facts')}>
            <SkeletonLines lines={5} />
          </Card>
        </>
      }
    >
      {([member, { items: roles }]) => (
        <>
          <PageHeader
            title={<bdi>{member.name ?? member.email}</bdi>}
            documentTitle={member.name ?? member.email}
            crumbs={crumbs}
            badge={<StatusBadge status={member.status} />}
            actions={may('staff.write') && <MemberActions member={member} roles={roles} />}
          />
          <Stack>
            {member.status === 'invited' && member.inviteExpiresAt && (
              <Notice>
                <p>
                  {t.rich('admin.staff.inviteOpen', { until: <Instant key="until" at={member.inviteExpiresAt} /> })}
                </p>
              </Notice>
            )}
            <Stack isSplit>
              <Card
                title={t('admin.staff.facts')}
                actions={
                  may('audit.read') && (
                    <ButtonLink kind="plain" isSmall to={paths.audit({ actorId: member.id })}>
                      {t('admin.staff.history')}
                    </ButtonLink>
                  )
                }
              >
                <MemberFacts member={member} />
              </Card>
              <Sessions sessions={sessions} />
            </Stack>
          </Stack>
        </>
      )}
    </Loaded>
  )
}
