import type { MessageId } from '@dhow/i18n/translator.ts'
import { definePage, loaded, shared } from '../framework/page.ts'
import type { PageContext } from '../framework/page.ts'
import { contentPages, routes } from '../paths.ts'
import type { ContentPage } from '../paths.ts'
import { deliveryPromise } from '../server/delivery-promise.ts'
import { breadcrumbData } from '../server/structured-data.ts'
import { Page } from './content.page.tsx'
import type { ContentData, ContentSection } from './content.page.tsx'

type Text = readonly [id: string, title: MessageId, body: MessageId]

interface ContentText {
  lead: MessageId
  sections: readonly Text[]
  /** The day these words came into force, for what a shopper agrees to. */
  since?: string
}

const texts: Readonly<Record<ContentPage, ContentText>> = {
  about: {
    lead: 'content.about.lead',
    sections: [
      ['story', 'content.about.story.title', 'content.about.story.body'],
      ['choose', 'content.about.choose.title', 'content.about.choose.body'],
      ['people', 'content.about.people.title', 'content.about.people.body'],
    ],
  },
  delivery: {
    lead: 'content.delivery.lead',
    sections: [
      ['how', 'content.delivery.how.title', 'content.delivery.how.body'],
      ['same-day', 'content.delivery.sameday.title', 'content.delivery.sameday.body'],
      ['missed', 'content.delivery.missed.title', 'content.delivery.missed.body'],
    ],
  },
  returns: {
    lead: 'content.returns.lead',
    since: '2026-11-01',
    sections: [
      ['mind', 'content.returns.mind.title', 'content.returns.mind.body'],
      ['fault', 'content.returns.fault.title', 'content.returns.fault.body'],
      ['money', 'content.returns.money.title', 'content.returns.money.body'],
      ['start', 'content.returns.start.title', 'content.returns.start.body'],
    ],
  },
  privacy: {
    lead: 'content.privacy.lead',
    since: '2026-11-01',
    sections: [
      ['what', 'content.privacy.what.title', 'content.privacy.what.body'],
      ['who', 'content.privacy.who.title', 'content.privacy.who.body'],
      ['cookies', 'content.privacy.cookies.title', 'content.privacy.cookies.body'],
      ['rights', 'content.privacy.rights.title', 'content.privacy.rights.body'],
    ],
  },
  terms: {
    lead: 'content.terms.lead',
    since: '2026-11-01',
    sections: [
      ['seller', 'content.terms.seller.title', 'content.terms.seller.body'],
      ['order', 'content.terms.order.title', 'content.terms.order.body'],
      ['price', 'content.terms.price.title', 'content.terms.price.body'],
      ['pay', 'content.terms.pay.title', 'content.terms.pay.body'],
      ['change', 'content.terms.change.title', 'content.terms.change.body'],
      ['law', 'content.terms.law.title', 'content.terms.law.body'],
    ],
  },
  contact: {
    lead: 'content.contact.lead',
    sections: [
      ['order', 'content.contact.order.title', 'content.contact.order.body'],
      ['complaint', 'content.contact.complaint.title', 'content.contact.complaint.body'],
    ],
  },
}

/** Paragraphs are parted by empty lines; one whose lines begin with `- ` is a list. */
function blocksOf(body: string): ContentSection['blocks'] {
  return body
    .split('\n\n')
    .map((block) => (block.startsWith('- ') ? block.split('\n').map((line) => line.slice(2)) : block))
}

function contentOf(ctx: PageContext, page: ContentPage): Omit<ContentData, 'delivery'> {
  const { t, format, site } = ctx
  const values = { ...site.merchant }
  const { lead, sections, since } = texts[page]
  return {
    page,
    lead: t(lead, values),
    since: since ? t('content.updated', { date: format.date(since) }) : null,
    sections: sections.map(([id, title, body]) => ({ id, title: t(title), blocks: blocksOf(t(body, values)) })),
  }
}

const contentPage = (page: ContentPage) =>
  definePage<ContentData>({
    name: 'content',
    route: `${routes.content}/${page}`,
    Page,
    cache: shared(),
    load: async (ctx) =>
      loaded({ ...contentOf(ctx, page), delivery: page === 'delivery' ? await deliveryPromise(ctx) : null }),
    head(data, { t, paths, site }) {
      const title = t(`pages.${page}`)
      const crumbs = [
        { name: t('crumbs.home'), path: paths.home() },
        { name: title, path: paths.content(page) },
      ]
      return {
        title,
        description: data.lead,
        path: (at) => at.content(page),
        jsonLd: [breadcrumbData(site.origin, crumbs)],
      }
    },
  })

/** About, delivery, returns, privacy, terms, contact: one page each, one component. */
export const contentPagesOfShop = contentPages.map(contentPage)
