import type { AuditEvent } from '@dhow/contracts/audit.ts'
import type { Translator } from '@dhow/i18n/translator.ts'

/** Who did it, as far as it is told: staff by name, customers by the end of their id, the shop itself. */
export function actorWords(t: Translator, { kind, id, label }: AuditEvent['actor']): string {
  if (label) return label
  if (kind === 'customer') return t('admin.audit.actor.customer', { id: (id ?? '').slice(-6) })
  if (kind === 'staff') return t('admin.audit.actor.staff', { id: (id ?? '').slice(-6) })
  return t(`admin.audit.actor.${kind}`)
}
