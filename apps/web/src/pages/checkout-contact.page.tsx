import type { CheckoutFrameData } from '../features/checkout/frame-data.ts'
import { CheckoutFrame } from '../features/checkout/CheckoutFrame.tsx'
import { SignInOffer } from '../features/checkout/SignInOffer.tsx'
import { StepForm } from '../features/checkout/StepForm.tsx'
import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { TextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'

export interface CheckoutContactData {
  frame: CheckoutFrameData
  /** What is saved, the phone as people read it. */
  contact: { name: string; email: string; phone: string } | null
  isSignedIn: boolean
  /** What signing in has just added to the cart. */
  addedLines: number
}

export function Page({ data, form }: PageProps<CheckoutContactData>) {
  const { t, paths } = useShop()
  const { contact } = data
  const labels = {
    name: t('checkout.contact.name'),
    email: t('checkout.contact.email'),
    phone: t('checkout.contact.phone'),
  }
  return (
    <CheckoutFrame
      frame={data.frame}
      title={t('checkout.contact.title')}
      lead={t(data.isSignedIn ? 'checkout.contact.lead.signedIn' : 'checkout.contact.lead')}
    >
      {data.addedLines > 0 && <Notice kind="good">{t('cart.merged', { count: data.addedLines })}</Notice>}
      {!data.isSignedIn && <SignInOffer next={paths.checkout('contact', data.frame.chosen)} />}
      <StepForm
        form={form}
        submit={t('checkout.contact.submit')}
        back={{ href: paths.cart(), label: t('checkout.backToCart') }}
        labels={labels}
      >
        {(state) => (
          <>
            <TextField
              name="name"
              label={labels.name}
              value={contact?.name}
              autoComplete="name"
              maxLength={80}
              form={state}
            />
            <TextField
              name="email"
              type="email"
              label={labels.email}
              hint={t('checkout.contact.email.hint')}
              value={contact?.email}
              autoComplete="email"
              inputMode="email"
              maxLength={254}
              isLatin
              form={state}
            />
            <TextField
              name="phone"
              type="tel"
              label={labels.phone}
              hint={t('checkout.contact.phone.hint')}
              value={contact?.phone}
              autoComplete="tel"
              inputMode="tel"
              maxLength={40}
              isLatin
              form={state}
            />
          </>
        )}
      </StepForm>
    </CheckoutFrame>
  )
}
