import type { Response } from 'express'
import { html, type Html } from './html.ts'

export type Page = { title: string; current: 'home' | 'inbox' | 'control'; body: Html; script?: string }

const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Sends one of the sandbox's own pages. They load nothing from elsewhere, and nobody may frame them. */
export function sendPage(res: Response, page: Page): void {
  res.setHeader('content-type', 'text/html; charset=utf-8')
  res.setHeader('content-security-policy', PAGE_POLICY)
  res.setHeader('cache-control', 'no-store')
  res.end(layout(page).text)
}

function layout({ title, current, body, script }: Page): Html {
  const link = (href: string, name: Page['current'], label: string) =>
    html`<a href="${href}" ${current === name ? html` aria-current="page"` : ''}>${label}</a>`
  return html`<!doctype html>
    <html lang="en" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Dhow sandbox</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/pages.css" />
        ${script === undefined ? '' : html`<script src="/assets/${script}" defer></script>`}
      </head>
      <body>
        <header class="bar">
          <a class="mark" href="/">Dhow sandbox</a>
          <nav aria-label="Sandbox">
            ${link('/', 'home', 'Test inputs')} ${link('/inbox', 'inbox', 'Inbox')}
            ${link('/control', 'control', 'Control')}
          </nav>
        </header>
        <main>${body}</main>
      </body>
    </html>`
}
