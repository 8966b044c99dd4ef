import { useShop } from '../../framework/shop.tsx'
import { areasByEmirate, emiratesInOrder } from './uae-areas.ts'

export const areaListId = 'areas'

/** What the area field suggests: this emirate's areas in the page's language, found by the other language's name and by aliases too. */
export function AreaSuggestions({ emirate }: { emirate: string }) {
  const { locale } = useShop()
  const known = emiratesInOrder.filter((code) => emirate === '' || code === emirate)
  return (
    <datalist id={areaListId}>
      {known.flatMap((code) =>
        areasByEmirate[code].map((area) => (
          <option key={`${code} ${area.en}`} value={area[locale]}>
            {[area[locale], locale === 'en' ? area.ar : area.en, ...(area.aliases ?? [])].join(' · ')}
          </option>
        )),
      )}
    </datalist>
  )
}
