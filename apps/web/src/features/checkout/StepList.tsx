import { useShop } from '../../framework/shop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import type { ChosenPayment } from '../../paths.ts'
import type { StepView } from './step-guard.ts'
import styles from './step-list.module.css'

function StepWords({ view, number }: { view: StepView; number: number }) {
  const { t } = useShop()
  return (
    <>
      <span className={styles['mark']} aria-hidden="true">
        {view.state === 'done' ? <Icon name="check" isSmall /> : number}
      </span>
      <span className={styles['name']}>{t(`checkout.step.${view.step}`)}</span>
      {view.state === 'done' && <VisuallyHidden>{t('checkout.step.done')}</VisuallyHidden>}
    </>
  )
}

/** The five steps: where one is, and links to those that can be gone to. */
export function StepList({ steps, chosen }: { steps: readonly StepView[]; chosen: ChosenPayment }) {
  const { t, paths } = useShop()
  return (
    <nav aria-label={t('checkout.steps')}>
      <ol className={styles['steps']}>
        {steps.map((view, index) => {
          const words = <StepWords view={view} number={index + 1} />
          const canGo = view.state === 'done' || view.state === 'open'
          return (
            <li className={styles['step']} data-state={view.state} key={view.step}>
              {canGo ? (
                <a className={styles['place']} href={paths.checkout(view.step, chosen)}>
                  {words}
                </a>
              ) : (
                <span className={styles['place']} aria-current={view.state === 'current' ? 'step' : undefined}>
                  {words}
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
