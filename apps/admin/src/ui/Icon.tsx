import styles from './icon.module.css'

const shapes = {
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4v-9Z',
  staff:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3 20c0-3.5 2.7-6 6-6s6 2.5 6 6M16 4.5a3.5 3.5 0 0 1 0 6M18 14.5c2 .8 3 2.9 3 5.5',
  roles: 'M4 7h8M18 7h2M4 17h2M12 17h8M15 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM9 20a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  approvals: 'M8 4H5v16h14v-4M8 3h6v3H8V3ZM14 4h3v4M10.5 13l2.5 2.500L20 9',
  sessions: 'M4 5h16v10H4V5ZM9 20h6M12 15v5',
  audit: 'M6 3h9l4 4v14H6V3ZM9.5 9h3M9.5 13h6M9.5 17h6',
  alert: 'M12 9v4.500M12 17v.1M12 3.5 2.5 20h19L12 3.500Z',
  account: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.500c0-4 3.3-6.5 7.5-6.500s7.5 2.5 7.5 6.5',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 21 21',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.500M12 7.500v.1',
  shield: 'M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6l8-3ZM8.5 12l2.5 2.5 4.5-5',
  key: 'M8 19a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM11.2 11.3 20 3M16 7l3 3M13.5 9.500l2 2',
  phone: 'M7 2.500h10v19H7v-19ZM10.5 18.500h3',
  mail: 'M3 6h18v12H3zM3 7l9 7 9-7',
  globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.5 2',
  forward: 'M9 5l7 7-7 7',
  backward: 'M15 5l-7 7 7 7',
  down: 'M5 9l7 7 7-7',
  up: 'M5 15l7-7 7 7',
  sort: 'M8 9.500l4-4.5 4 4.500M8 14.500l4 4.5 4-4.5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  more: 'M5.5 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2ZM12 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2ZM18.5 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2Z',
  panel: 'M4 5h16v14H4V5ZM9.5 5v14',
  trash: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13',
  edit: 'M4 20h4L19 9l-4-4L4 16v4Z',
  copy: 'M9 9h11v11H9V9ZM15 9V4H4v11h5',
  download: 'M12 4v11M7.5 10.5 12 15l4.5-4.500M5 20h14',
  out: 'M14 4h6v16h-6M4 12h11M8 8l-4 4 4 4',
  lock: 'M6 11h12v9H6v-9ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  chain: 'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.700l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.700l1-1',
} as const

export type IconName = keyof typeof shapes

/** Pointing along the line of reading: these turn round in Arabic. */
const directional: ReadonlySet<IconName> = new Set<IconName>(['forward', 'backward', 'panel', 'out', 'audit'])

/** A stroked sign of the text's colour; decoration only, the words beside it speak. */
export function Icon({ name, isSmall = false }: { name: IconName; isSmall?: boolean }) {
  const className = [styles['icon'], isSmall && styles['small'], directional.has(name) && styles['directional']]
  return (
    <svg className={className.filter(Boolean).join(' ')} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  )
}
