import { MessagePage } from '../ui/MessagePage.tsx'
import { useShop } from '../framework/shop.tsx'

export function Page() {
  const { t, paths, chrome } = useShop()
  return (
    <MessagePage
      code="404"
      title={t('notFound.title')}
      line={t('notFound.line')}
      way={{ href: paths.home(), words: t('notFound.home') }}
      links={chrome.categories.map(({ slug, name }) => ({ href: paths.category(slug), words: name }))}
      linksTitle={t('notFound.categories')}
    />
  )
}
