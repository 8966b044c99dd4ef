import type { DeliveryOption } from '@dhow/contracts/cart.ts'
import type { CheckoutFrameData } from '../features/checkout/frame-data.ts'
import { CheckoutFrame } from '../features/checkout/CheckoutFrame.tsx'
import { ChoiceCard, ChoiceList } from '../features/checkout/ChoiceList.tsx'
import { StepForm } from '../features/checkout/StepForm.tsx'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { Money } from '../ui/Money.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Rich } from '../ui/Rich.tsx'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'

export type OfferedDelivery = Pick<DeliveryOption, 'method' | 'price' | 'wasPrice'> &
  Readonly<Record<'promise' | 'cutOff', string>>

export interface CheckoutDeliveryData {
  frame: CheckoutFrameData
  /** Where it goes, in a line. */
  place: { area: string; emirate: string }
  options: readonly OfferedDelivery[]
  chosen: string
}

function Price({ option }: { option: OfferedDelivery }) {
  const { t, format } = useShop()
  if (option.price.amount > 0) return <Money value={option.price} format={format} />
  return (
    <>
      {option.wasPrice && (
        <s>
          <VisuallyHidden>{t('cart.line.was')} </VisuallyHidden>
          <Money value={option.wasPrice} format={format} />
        </s>
      )}{' '}
      {t('cart.totals.free')}
    </>
  )
}

export function Page({ data, form }: PageProps<CheckoutDeliveryData>) {
  const { t, paths } = useShop()
  const { frame, options, place } = data
  const area = <bdi key="area">{place.area}</bdi>
  return (
    <CheckoutFrame
      frame={frame}
      title={t('checkout.delivery.title')}
      lead={<Rich t={t} id="checkout.delivery.lead" values={{ area, emirate: place.emirate }} />}
    >
      {options.length === 0 && <Notice kind="bad">{t('checkout.delivery.none')}</Notice>}
      <StepForm
        form={form}
        submit={t('checkout.delivery.submit')}
        back={{ href: paths.checkout('address', frame.chosen), label: t('checkout.step.address') }}
        labels={{ method: t('checkout.delivery.title') }}
      >
        {(state) => (
          <ChoiceList label={t('checkout.delivery.title')} name="method" form={state}>
            {options.map((option, index) => (
              <ChoiceCard
                key={option.method}
                name="method"
                value={option.method}
                isFirst={index === 0}
                isChosen={(form?.values['method'] ?? data.chosen) === option.method}
                title={option.promise}
                aside={<Price option={option} />}
              >
                {t(`checkout.delivery.${option.method}`)}
                {option.cutOff && ` · ${option.cutOff}`}
              </ChoiceCard>
            ))}
          </ChoiceList>
        )}
      </StepForm>
    </CheckoutFrame>
  )
}
