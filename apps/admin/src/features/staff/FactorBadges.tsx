import type { StaffMember } from '@dhow/contracts/staff.ts'
import { useWords } from '../../app/words.tsx'
import { Badge } from '../../ui/Badge.tsx'
import styles from './badges.module.css'

/** What somebody proves themselves with; none is worth a colour. */
export function FactorBadges({ factors }: { factors: StaffMember['secondFactors'] }) {
  const { t } = useWords()
  if (factors.length === 0) return <Badge tone="warn">{t('admin.staff.noFactor')}</Badge>
  return (
    <span className={styles['badges']}>
      {factors.map((factor) => (
        <Badge key={factor}>{t(`admin.staff.factor.${factor}`)}</Badge>
      ))}
    </span>
  )
}
