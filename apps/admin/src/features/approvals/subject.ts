import type { ApprovalView } from '@dhow/contracts/staff.ts'
import { money } from '@dhow/money/money.ts'
import { z } from 'zod'
import { roleNames } from '../../app/role-names.ts'
import { useWords } from '../../app/words.tsx'

const Role = z.object({ nameEn: z.string(), nameAr: z.string() })

/** What the API tells of what it is asked to do; each kind of request has its own parts. */
const Subject = z.object({
  name: z.string().nullish(),
  email: z.string(),
  roles: z.array(Role).default([]),
  rolesTaken: z.array(Role).default([]),
})

const Line = z.object({ sku: z.string().nullish(), quantity: z.number().nullish() })

const RefundSubject = z.object({ orderNumber: z.string(), amount: z.int(), lines: z.array(Line).default([]) })

const CreditSubject = z.object({ amount: z.int(), customerId: z.string(), name: z.string().nullish() })

const told = ['staff.grant-roles', 'staff.reset-factors'] as const

/** What a request wants, as a sentence, and what else is known of it. */
export function useSubject({ action, subject }: ApprovalView): { title: string; facts: string[] } {
  const { t, locale, format } = useWords()
  const refund = action === 'payments.refund' ? RefundSubject.safeParse(subject).data : undefined
  if (refund) {
    const { amount, orderNumber: order, lines } = refund
    const goods = lines.flatMap(({ sku, quantity }) => (sku ? [quantity ? `${sku} × ${quantity}` : sku] : []))
    return {
      title: t('admin.approvals.action.payments.refund', { amount: format.money(money(amount)), order }),
      facts: goods,
    }
  }
  const credit = action === 'store-credit.adjust' ? CreditSubject.safeParse(subject).data : undefined
  if (credit) {
    const values = { name: credit.name ?? credit.customerId, amount: format.money(money(credit.amount)) }
    return { title: t('admin.approvals.action.store-credit.adjust', values), facts: [] }
  }
  const known = told.find((name) => name === action)
  const parsed = Subject.safeParse(subject)
  if (!known || !parsed.success) return { title: action, facts: [] }
  const { name, email, roles, rolesTaken } = parsed.data
  const taken = rolesTaken.length > 0 ? [t('admin.approvals.takes', { roles: roleNames(rolesTaken, locale) })] : []
  const facts = name ? [email, ...taken] : taken
  const values = { name: name ?? email, roles: roleNames(roles, locale) }
  return { title: t(`admin.approvals.action.${known}`, values), facts }
}
