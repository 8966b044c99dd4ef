import type { ApprovalView } from '@dhow/contracts/staff.ts'
import { z } from 'zod'
import { roleNames } from '../../app/role-names.ts'
import { useWords } from '../../app/words.tsx'

const Role = z.object({ nameEn: z.string(), nameAr: z.string() })

/** What the API tells of what it is asked to do; each kind of request has its own parts. */
const Subject = z.object({
  staff: z.object({ name: z.string() }).optional(),
  grant: z.array(Role).default([]),
  revoke: z.array(Role).default([]),
})

const told = ['staff.grant-roles', 'staff.reset-factors'] as const

/** What a request wants, as a sentence, and what else is known of it. */
export function useSubject({ action, subject }: ApprovalView): { title: string; facts: string[] } {
  const { t, locale } = useWords()
  const known = told.find((name) => name === action)
  const parsed = Subject.safeParse(subject)
  if (!known || !parsed.success) return { title: action, facts: [] }
  const { staff, grant, revoke } = parsed.data
  const facts = revoke.length > 0 ? [t('admin.approvals.takes', { roles: roleNames(revoke, locale) })] : []
  const values = { name: staff?.name ?? '', roles: roleNames(grant, locale) }
  return { title: t(`admin.approvals.action.${known}`, values), facts }
}
