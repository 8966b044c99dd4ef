/**
 * The look of the shop as data: the website's CSS custom properties are generated from here (`css.ts`), and an app's theme can be.
 * Colours are named by what they are, not where they are used; the dark theme is its own set, night water and dimmed frames.
 */

const light = {
  paper: '#fffdf9',
  /** A step above paper: sheets, menus, fields. */
  raised: '#ffffff',
  sand: '#f6f0e4',
  line: '#e6dccb',
  /** Edges that must be seen: fields, chips (3:1 on paper and sand). */
  edge: '#8b8373',
  ink: '#1b2326',
  'ink-2': '#58646a',
  night: '#0c2a33',
  gulf: '#0b6470',
  'gulf-deep': '#084a53',
  'gulf-soft': '#e2f0f0',
  /** Text on gulf. */
  'on-gulf': '#ffffff',
  saffron: '#e79a2d',
  'on-saffron': '#231503',
  pomegranate: '#b3243b',
  'pomegranate-soft': '#fbe8ea',
  'on-pomegranate': '#ffffff',
  palm: '#2f6b46',
  'palm-soft': '#e6f1e8',
  'sand-1': '#f7ecd6',
  'sand-2': '#ecd9b4',
  'rose-1': '#fbe9e1',
  'rose-2': '#f1cfc2',
  'sky-1': '#e6f1f2',
  'sky-2': '#c6dee0',
  'olive-1': '#f1efdb',
  'olive-2': '#dcd9b4',
  shade: '#0c2a3329',
  veil: '#0c2a3366',
} as const

export type ColourName = keyof typeof light

const dark: Readonly<Record<ColourName, string>> = {
  paper: '#0d1a1f',
  raised: '#14262c',
  sand: '#12242a',
  line: '#24383f',
  edge: '#71858b',
  ink: '#f3eee4',
  'ink-2': '#a9b5b8',
  night: '#e9f3f3',
  gulf: '#6cc4cc',
  'gulf-deep': '#9bdbe0',
  'gulf-soft': '#15343a',
  'on-gulf': '#06262b',
  saffron: '#e79a2d',
  'on-saffron': '#231503',
  pomegranate: '#ff9aa8',
  'pomegranate-soft': '#3a1c22',
  'on-pomegranate': '#3a0711',
  palm: '#8fd0a6',
  'palm-soft': '#17321f',
  'sand-1': '#3b3222',
  'sand-2': '#2c2517',
  'rose-1': '#41302b',
  'rose-2': '#30211d',
  'sky-1': '#24393d',
  'sky-2': '#1a2b2f',
  'olive-1': '#35341f',
  'olive-2': '#272616',
  shade: '#00000059',
  veil: '#00000099',
}

export const colours = { light, dark } as const

export const space = {
  '0': '2px',
  '1': '4px',
  '2': '8px',
  '3': '12px',
  '4': '16px',
  '5': '24px',
  '6': '32px',
  '7': '48px',
  '8': '72px',
} as const

export const radius = { s: '8px', m: '14px', l: '26px', pill: '999px' } as const

/** Sizes that are no space: targets (WCAG 2.5.8 asks 24 px, we ask 44), frames, measures. */
export const size = {
  hairline: '1px',
  stroke: '1.5px',
  ring: '2px',
  target: '44px',
  control: '48px',
  'icon-s': '16px',
  icon: '22px',
  thumb: '72px',
  page: '1280px',
  'page-wide': '1560px',
  measure: '66ch',
  field: '28rem',
  panel: '22rem',
  card: '190px',
} as const

export const type = {
  xs: '.75rem',
  s: '.8125rem',
  m: '1rem',
  l: '1.1875rem',
  xl: '1.5rem',
  '2xl': 'clamp(1.75rem, 1.2rem + 2vw, 2.25rem)',
  '3xl': 'clamp(2.25rem, 1.3rem + 4.4vw, 4.1rem)',
} as const

/** Arabic runs a size larger and looser. */
export const typeArabic: Partial<Record<keyof typeof type, string>> = { xs: '.8125rem', s: '.875rem', m: '1.0625rem' }

/** The back office is denser: 14 px text, 40 px rows, and the frame's own measures. */
export const dense = {
  type: {
    xs: '.75rem',
    s: '.8125rem',
    m: '.875rem',
    l: '1rem',
    xl: '1.1875rem',
    '2xl': '1.5rem',
    '3xl': '2rem',
    field: '.875rem',
    phone: '1rem',
  },
  typeArabic: { xs: '.8125rem', s: '.875rem', m: '.9375rem', l: '1.0625rem', field: '.9375rem' },
  size: {
    target: '36px',
    control: '36px',
    icon: '20px',
    row: '44px',
    bar: '56px',
    sidebar: '248px',
    rail: '64px',
    drawer: '30rem',
    dialog: '32rem',
    'dialog-wide': '46rem',
    form: '44rem',
    mark: '28px',
    face: '32px',
    tick: '18px',
    least: '24px',
    menu: '14rem',
    'sign-in': '26rem',
    enrol: '36rem',
    qr: '11rem',
  },
  sizeForFingers: { target: '44px', control: '44px', row: '52px' },
} as const

export const leading = { body: '1.5', tight: '1.08', snug: '1.3' } as const
export const leadingArabic = { body: '1.75', tight: '1.3', snug: '1.5' } as const

/** Letter-spacing of headlines; Arabic letters join, so it is none there. */
export const tracking = { headline: '-.02em' } as const

export const weight = { regular: '400', medium: '500', strong: '600' } as const

export const motion = {
  quick: '150ms',
  calm: '250ms',
  slow: '350ms',
  ease: 'cubic-bezier(.2, .7, .2, 1)',
} as const

export const layer = { sticky: '10', bar: '15', sheet: '30', toast: '40' } as const
