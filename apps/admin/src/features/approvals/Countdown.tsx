import { useEffect, useState } from 'react'
import { useWords } from '../../app/words.tsx'

const minute = 60_000

/** How long is left, in minutes; told anew every few seconds, and not read out each time. */
export function Countdown({ until }: { until: string }) {
  const { t } = useWords()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000)
    return () => clearInterval(timer)
  }, [])
  const left = Math.ceil((Date.parse(until) - now) / minute)
  return (
    <span role="timer">
      {left > 0 ? t('admin.approvals.left', { minutes: left }) : t('admin.approvals.state.expired')}
    </span>
  )
}
