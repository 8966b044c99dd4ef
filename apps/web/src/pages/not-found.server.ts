import { definePage, loaded, privately } from '../framework/page.ts'
import { Page } from './not-found.page.tsx'

/** Rendered by the failure handler; it has no address of its own. */
export const notFoundPage = definePage<null>({
  name: 'not-found',
  route: [],
  Page,
  cache: privately,
  load: async () => loaded(null, 404),
  head: (_data, { t }) => ({ title: t('notFound.title'), path: (paths) => paths.home(), isIndexable: false }),
})
