import { useRef } from 'react'
import type { ChangeEvent, FormEvent } from 'react'
import type { Shop } from '../../framework/shop.tsx'
import { SubmitButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import styles from './filter-form.module.css'
import type { FacetChoice, FacetGroup, Listing } from './listing.ts'

/** The select for sorting stands above the list and belongs to this form by its id. */
export const filterFormId = 'filter-form'
export const filterPanelId = 'filters'

const openGroups = 4

function Choice({ field, choice, format }: { field: string; choice: FacetChoice; format: Shop['format'] }) {
  return (
    <label className={styles['choice']}>
      <input
        className={styles['box']}
        type="checkbox"
        name={field}
        value={choice.code}
        defaultChecked={choice.isSelected}
      />
      {choice.hex && (
        <svg className={styles['swatch']} viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="10" cy="10" r="8.5" fill={choice.hex} />
        </svg>
      )}
      <bdi className={styles['name']}>{choice.name}</bdi>
      <span className={styles['count']}>{format.number(choice.count)}</span>
    </label>
  )
}

function Group({ group, isOpen, format }: { group: FacetGroup; isOpen: boolean; format: Shop['format'] }) {
  return (
    <details className={styles['group']} open={isOpen}>
      <summary className={styles['title']}>
        {group.title}
        <Icon name="down" isSmall />
      </summary>
      <fieldset className={styles['choices']}>
        <legend className={styles['legend']}>{group.title}</legend>
        {group.choices.map((choice) => (
          <Choice key={choice.code} field={group.field} choice={choice} format={format} />
        ))}
      </fieldset>
    </details>
  )
}

function PriceRange({ price, t }: { price: NonNullable<Listing['price']>; t: Shop['t'] }) {
  const ends = [
    ['min', t('list.price.min'), price.from, price.min],
    ['max', t('list.price.max'), price.to, price.max],
  ] as const
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['title']}>{t('list.price')}</legend>
      <div className={styles['range']}>
        {ends.map(([name, label, value, placeholder]) => (
          <label className={styles['end']} key={name}>
            <span className={styles['count']}>{label}</span>
            <input
              className={styles['number']}
              name={name}
              defaultValue={value}
              placeholder={placeholder}
              inputMode="numeric"
              maxLength={7}
              dir="ltr"
              autoComplete="off"
            />
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** The address a GET form leads to, without its empty fields and the sort that is usual. */
function addressOf(form: HTMLFormElement, usualSort: string | undefined): string {
  const query = new URLSearchParams()
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string' && value.trim() && !(name === 'sort' && value === usualSort))
      query.append(name, value.trim())
  const text = query.toString()
  return `${form.getAttribute('action') ?? ''}${text ? `?${text}` : ''}`
}

/** Beside the list a click applies at once; over it (phones) choices are gathered and shown together. */
const appliesAtOnce = () => window.matchMedia('(width > 60rem)').matches

/** Facets as a plain GET form. On phones it is a panel opened by its anchor, so it works without script and has an address. */
export function FilterForm({ shop: { t, format }, listing }: { shop: Shop; listing: Listing }) {
  const form = useRef<HTMLFormElement>(null)
  const { groups, price, inStock, kept, action } = listing

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    location.assign(addressOf(event.currentTarget, listing.sorts[0]?.code))
  }

  function onChange(event: ChangeEvent<HTMLFormElement>): void {
    const isSort = event.target.name === 'sort'
    if (isSort || (event.target.type === 'checkbox' && appliesAtOnce())) form.current?.requestSubmit()
  }

  return (
    <aside className={styles['panel']} id={filterPanelId} aria-label={t('list.filters')}>
      <div className={styles['head']}>
        <p className={styles['heading']}>{t('list.filters')}</p>
        <a className={styles['close']} href="#list" aria-label={t('cartSheet.close')}>
          <Icon name="close" />
        </a>
      </div>
      <form
        className={styles['form']}
        id={filterFormId}
        action={action}
        ref={form}
        onSubmit={onSubmit}
        onChange={onChange}
      >
        {kept.map(({ name, value }) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label className={`${styles['choice']} ${styles['stock']}`}>
          <input className={styles['box']} type="checkbox" name="stock" value="1" defaultChecked={inStock.isSelected} />
          <span className={styles['name']}>{t('list.stock')}</span>
          <span className={styles['count']}>{format.number(inStock.count)}</span>
        </label>
        {price && <PriceRange price={price} t={t} />}
        {groups.map((group, at) => (
          <Group
            key={group.field}
            group={group}
            format={format}
            isOpen={at < openGroups || group.choices.some((choice) => choice.isSelected)}
          />
        ))}
        <div className={styles['apply']}>
          <SubmitButton isWide isQuiet>
            {t('list.filters.apply')}
          </SubmitButton>
        </div>
      </form>
    </aside>
  )
}
