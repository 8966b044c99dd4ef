import type { StaffMember } from '@dhow/contracts/staff.ts'
import { useWords } from '../../app/words.tsx'
import { Badge } from '../../ui/Badge.tsx'
import type { Tone } from '../../ui/Badge.tsx'

const tones: Record<StaffMember['status'], Tone> = { invited: 'warn', active: 'good', disabled: 'bad' }

export function StatusBadge({ status }: { status: StaffMember['status'] }) {
  const { t } = useWords()
  return <Badge tone={tones[status]}>{t(`admin.staff.status.${status}`)}</Badge>
}
