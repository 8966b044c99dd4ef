import type { Locale } from '@dhow/i18n/locales.ts'
import { colours } from '@dhow/tokens/tokens.ts'

/**
 * Inline styles, because most mail programs drop style sheets. They name left and right, which the website never does: mail
 * programs do not know logical properties, so the side is computed from the language here, and nowhere else.
 */
export interface MailStyle {
  start: 'left' | 'right'
  end: 'left' | 'right'
  text: string
  small: string
  /** As `small`, inside a cell that is `text` already: the same words fifty times would make the mail too long. */
  detail: string
  strong: string
  title: string
  heading: string
  total: string
  button: string
  panel: string
  line: string
}

const { light, dark } = colours
// Nobody's mail program loads our fonts; these have true Arabic and Latin faces on every system.
const family = '-apple-system,Segoe UI,Tahoma,Arial,sans-serif'

export function mailStyle(locale: Locale): MailStyle {
  const isArabic = locale === 'ar'
  const start = isArabic ? 'right' : 'left'
  // Arabic runs a size larger and looser, as on the website.
  const sized = (px: number, leading = isArabic ? 1.75 : 1.5): string =>
    `font-family:${family};font-size:${isArabic ? px + 1 : px}px;line-height:${leading};text-align:${start};`
  return {
    start,
    end: isArabic ? 'left' : 'right',
    text: `${sized(15)}color:${light.ink};`,
    small: `${sized(13)}color:${light['ink-2']};`,
    detail: `font-size:${isArabic ? 14 : 13}px;color:${light['ink-2']};`,
    strong: `${sized(15)}color:${light.ink};font-weight:600;`,
    title: `${sized(28, isArabic ? 1.4 : 1.2)}color:${light.night};font-weight:600;margin:0;${isArabic ? '' : 'letter-spacing:-.02em;'}`,
    heading: `${sized(13)}color:${light['ink-2']};font-weight:600;margin:0 0 4px;`,
    total: `${sized(18)}color:${light.night};font-weight:600;`,
    button: `display:inline-block;padding:13px 28px;${sized(16, 1.4)}font-weight:600;color:${light['on-gulf']};text-decoration:none;`,
    panel: `background-color:${light.sand};border-radius:14px;`,
    line: `border-top:1px solid ${light.line};`,
  }
}

export const mailColours = light

/** For the programs that do read a style sheet: the dark theme, and a narrower frame on phones. Without it all stays readable. */
export const mailSheet = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (max-width:480px){.frame{padding:0!important}.card{border-radius:0!important;border-width:1px 0!important}.pad{padding-left:20px!important;padding-right:20px!important}}
@media (prefers-color-scheme:dark){
.ground{background-color:${dark.sand}!important}.card{background-color:${dark.paper}!important;border-color:${dark.line}!important}
.panel{background-color:${dark.raised}!important}.rule{border-color:${dark.line}!important}
.ink{color:${dark.ink}!important}.soft{color:${dark['ink-2']}!important}.night{color:${dark.night}!important}
.gulf{background-color:${dark.gulf}!important}.on-gulf{color:${dark['on-gulf']}!important}.palm{color:${dark.palm}!important}
}`
