import type { AuditEvent } from '@dhow/contracts/audit.ts'
import { useWords } from '../../app/words.tsx'
import { Badge } from '../../ui/Badge.tsx'
import type { Tone } from '../../ui/Badge.tsx'

const tones: Record<AuditEvent['result'], Tone> = { ok: 'good', refused: 'warn', failed: 'bad' }

export function ResultBadge({ result }: { result: AuditEvent['result'] }) {
  const { t } = useWords()
  return <Badge tone={tones[result]}>{t(`admin.audit.result.${result}`)}</Badge>
}
