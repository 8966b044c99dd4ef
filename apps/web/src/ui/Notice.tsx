import type { ReactNode } from 'react'
import type { FormState } from '../framework/form.ts'
import { useShop } from '../framework/shop.tsx'
import { Icon } from './Icon.tsx'
import styles from './notice.module.css'

interface NoticeProps {
  kind: 'good' | 'bad' | 'plain'
  children: ReactNode
  /** A refusal takes the focus, so that it is heard and seen. */
  isFocusable?: boolean
}

const icons = { good: 'check', bad: 'alert', plain: 'clock' } as const

/** A line that says how something went. Bad ones interrupt a screen reader, others wait. */
export function Notice({ kind, children, isFocusable = false }: NoticeProps) {
  return (
    <div
      className={`${styles['notice']} ${styles[kind] ?? ''}`}
      role={kind === 'bad' ? 'alert' : 'status'}
      {...(isFocusable ? { tabIndex: -1, 'data-problem': '' } : {})}
    >
      <Icon name={icons[kind]} />
      <div>{children}</div>
    </div>
  )
}

/** What stood in the way of a form, in the shopper's words; nothing when only fields are wrong. */
export function FormProblem({ form, hasFailed = false }: { form: FormState | null; hasFailed?: boolean }) {
  const { t } = useShop()
  if (hasFailed)
    return (
      <Notice kind="bad" isFocusable>
        {t('form.noAnswer')}
      </Notice>
    )
  if (!form?.problem) return null
  return (
    <Notice kind="bad" isFocusable>
      {t(`problems.${form.problem.code}`)}
    </Notice>
  )
}
