import { encode } from 'uqr'
import { useWords } from './words.tsx'
import styles from './qr-code.module.css'

/** A QR code as one path: markup put together of text is not let in here. Always dark on light, as scanners want it. */
export function QrCode({ text }: { text: string }) {
  const { t } = useWords()
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg className={styles['code']} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('admin.enrol.qr')}>
      <path className={styles['ground']} d={`M0 0h${size}v${size}h-${size}z`} />
      <path className={styles['dots']} d={path} />
    </svg>
  )
}
