import styles from './icon.module.css'

const shapes = {
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 21 21',
  bag: 'M5 8h14l1 12H4L5 8ZM8.5 8V7a3.5 3.5 0 0 1 7 0v1',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  alert: 'M12 8v5M12 16.5v.1M12 3 2.5 20h19L12 3Z',
  truck: 'M3 7h11v9H3zM14 10h4l3 3v3h-7zM7 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM17 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  card: 'M3 6h18v12H3zM3 10.5h18M7 14.5h3',
  cash: 'M3 7h18v10H3zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM6 10v4M18 10v4',
  parts: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 3.5v17M3.5 12h17',
  wallet: 'M4 7h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H4zM4 7l11-4v4M20 11.5h-4v3h4',
  back: 'M4 9h11a5 5 0 0 1 0 10H8M4 9l4-4M4 9l4 4',
  phone: 'M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3Z',
  mail: 'M3 6h18v12H3zM3 7l9 7 9-7',
  pin: 'M12 21s7-6 7-11a7 7 0 1 0-14 0c0 5 7 11 7 11ZM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  shield: 'M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6l8-3ZM8.5 12l2.5 2.5 4.5-5',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.5-4 3.5-6 7.5-6s7 2 7.5 6',
  home: 'M4 11 12 4l8 7v9h-5v-6H9v6H4v-9Z',
  key: 'M8 19a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM11.3 11.3 20 3M16.5 6.3l3 3M14 8.7l2 2',
  device: 'M4 5h16v11H4zM9 20h6M12 16v4',
  bell: 'M6 16v-5a6 6 0 1 1 12 0v5l1.5 2h-15L6 16ZM10 20.5h4',
  share: 'M12 15V4M8 7.5 12 3.5l4 4M6 12H4v9h16v-9h-2',
  filter: 'M4 6h16M7 12h10M10 18h4',
  globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.5 2',
  forward: 'M9 5l7 7-7 7',
  backward: 'M15 5l-7 7 7 7',
  down: 'M5 9l7 7 7-7',
  trash: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13',
  edit: 'M4 20h4L19 9l-4-4L4 16v4Z',
} as const

export type IconName = keyof typeof shapes

/** Pointing along the line of reading: these turn round in Arabic. */
const directional: ReadonlySet<IconName> = new Set<IconName>(['forward', 'backward', 'back', 'truck'])

/** A stroked sign of the text's colour; decoration only, the words beside it speak. */
export function Icon({ name, isSmall = false }: { name: IconName; isSmall?: boolean }) {
  const className = [styles['icon'], isSmall && styles['small'], directional.has(name) && styles['directional']]
  return (
    <svg className={className.filter(Boolean).join(' ')} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  )
}
