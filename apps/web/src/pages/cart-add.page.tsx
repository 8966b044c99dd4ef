import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { MessagePage } from '../ui/MessagePage.tsx'

/** Seen without script only, when something could not be added. */
export function Page({ form }: PageProps<null>) {
  const { t, paths } = useShop()
  const code = form?.problem?.code ?? 'request/invalid'
  return (
    <MessagePage
      title={t('cartAdd.title')}
      line={`${t(`problems.${code}`)} ${t('cartAdd.line')}`}
      way={{ href: paths.cart(), words: t('cartAdd.toCart') }}
      links={[{ href: paths.shop(), words: t('cartAdd.toShop') }]}
    />
  )
}
