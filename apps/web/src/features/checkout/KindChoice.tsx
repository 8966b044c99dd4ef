import { errorOf } from '../../framework/form.ts'
import type { FormState } from '../../framework/form.ts'
import { useShop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import styles from './kind-choice.module.css'

const kinds = ['apartment', 'villa', 'office', 'other'] as const

/** What kind of door it is. */
export function KindChoice({ label, value, form }: { label: string; value?: string; form: FormState | null }) {
  const { t } = useShop()
  const chosen = form?.values['kind'] ?? value
  const code = errorOf(form, 'kind')
  return (
    <fieldset className={styles['choice']}>
      <legend className={styles['legend']}>{label}</legend>
      <div className={styles['kinds']}>
        {kinds.map((kind, index) => (
          <label className={styles['kind']} key={kind}>
            <input
              className={styles['radio']}
              type="radio"
              name="kind"
              value={kind}
              id={index === 0 ? 'field-kind' : undefined}
              defaultChecked={chosen === kind}
              required
              data-problem={code && index === 0 ? '' : undefined}
              aria-describedby={code ? 'field-kind-error' : undefined}
            />
            {t(`checkout.address.kind.${kind}`)}
          </label>
        ))}
      </div>
      {code && (
        <p className={styles['error']} id="field-kind-error">
          <Icon name="alert" isSmall />
          {t('fields.required')}
        </p>
      )}
    </fieldset>
  )
}
