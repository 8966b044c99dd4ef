import type { PaymentMethod } from '@dhow/contracts/cart.ts'
import type { CheckoutFrameData } from '../features/checkout/frame-data.ts'
import { CheckoutFrame } from '../features/checkout/CheckoutFrame.tsx'
import { ChoiceCard, ChoiceList } from '../features/checkout/ChoiceList.tsx'
import { StepForm } from '../features/checkout/StepForm.tsx'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Notice } from '../ui/Notice.tsx'

export interface CheckoutPaymentData {
  frame: CheckoutFrameData
  methods: readonly PaymentMethod[]
  chosen: string
}

export function Page({ data, form }: PageProps<CheckoutPaymentData>) {
  const { t, paths } = useShop()
  const { frame, methods } = data
  return (
    <CheckoutFrame frame={frame} title={t('checkout.payment.title')} lead={t('checkout.payment.lead')}>
      {methods.length === 0 && <Notice kind="bad">{t('checkout.payment.none')}</Notice>}
      <StepForm
        form={form}
        submit={t('checkout.payment.submit')}
        back={{ href: paths.checkout('delivery', frame.method ?? undefined), label: t('checkout.step.delivery') }}
        labels={{ method: t('checkout.payment.title') }}
      >
        {(state) => (
          <ChoiceList label={t('checkout.payment.title')} name="method" form={state}>
            {methods.map((method, index) => (
              <ChoiceCard
                key={method}
                name="method"
                value={method}
                isFirst={index === 0}
                isChosen={data.chosen === method}
                title={t(`checkout.method.${method}`)}
                aside={<Icon name="card" />}
              >
                {t(`checkout.method.${method}.text`)}
              </ChoiceCard>
            ))}
          </ChoiceList>
        )}
      </StepForm>
    </CheckoutFrame>
  )
}
