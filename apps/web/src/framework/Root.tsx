import { formatterFor } from '@dhow/i18n/format.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import type { Translator } from '@dhow/i18n/translator.ts'
import { createPaths } from '../paths.ts'
import { Shell } from '../ui/Shell.tsx'
import type { FormState } from './form.ts'
import type { PageComponent } from './page.ts'
import { ShopProvider } from './shop.tsx'
import type { Chrome } from './shop.tsx'

/** What the server leaves in the document for the browser, as JSON. */
export interface PageState {
  locale: Locale
  chrome: Chrome
  form: FormState | null
  data: unknown
}

interface RootProps {
  state: PageState
  t: Translator
  Page: PageComponent<never>
}

/** The whole of a document's body; rendered alike on the server and in the browser. */
export function Root({ state, t, Page }: RootProps) {
  const { locale, chrome, form } = state
  const shop = { locale, t, paths: createPaths(locale), format: formatterFor(locale), chrome }
  // The server rendered this very component with this very data: the one place where its type is lost and found.
  const data = state.data as never
  return (
    <ShopProvider value={shop}>
      <Shell shop={shop}>
        <Page data={data} form={form} />
      </Shell>
    </ShopProvider>
  )
}
