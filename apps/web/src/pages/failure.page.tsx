import type { PageProps } from '../framework/page.ts'
import { useShop } from '../framework/shop.tsx'
import { MessagePage } from '../ui/MessagePage.tsx'

export interface FailureData {
  requestId: string
}

export function Page({ data }: PageProps<FailureData>) {
  const { t, chrome } = useShop()
  return (
    <MessagePage
      title={t('failure.title')}
      line={t('failure.line')}
      way={{ href: chrome.path, words: t('failure.retry') }}
      reference={{ words: t('failure.reference'), code: data.requestId }}
    />
  )
}
