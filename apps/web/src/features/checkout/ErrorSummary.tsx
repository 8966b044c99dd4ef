import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import styles from './error-summary.module.css'

const fieldId = (pointer: string): string => `field-${pointer.slice(1).replaceAll('/', '-')}`

/** Above a form that was refused: how many fields need another look, each a link to it. */
export function ErrorSummary({ form, labels }: { form: FormState | null; labels: Readonly<Record<string, string>> }) {
  const { t } = useShop()
  if (!form?.errors.length) return null
  return (
    <div className={styles['summary']} role="alert">
      <Icon name="alert" />
      <div>
        <p className={styles['title']}>{t('checkout.errors', { count: form.errors.length })}</p>
        <ul className={styles['list']}>
          {form.errors.map(({ pointer }) => (
            <li key={pointer}>
              <a className={styles['link']} href={`#${fieldId(pointer)}`}>
                {labels[pointer.slice(1)] ?? t('checkout.errors.other')}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
