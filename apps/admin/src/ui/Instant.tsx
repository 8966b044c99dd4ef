import { useWords } from '../app/words.tsx'

/** A moment as people of the shop read it, in Dubai's time; the exact one is in the markup. */
export function Instant({ at }: { at: string }) {
  const { format } = useWords()
  return <time dateTime={at}>{format.shortDateTime(at)}</time>
}
