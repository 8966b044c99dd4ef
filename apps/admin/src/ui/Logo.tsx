import styles from './logo.module.css'

/** Two lateen sails over a saffron hull. Never mirrored. */
export const Mark = () => (
  <svg className={styles['mark']} viewBox="0 0 48 48" aria-hidden="true">
    <path d="M26 5C15 13 9 22 8 31h18z" fill="currentColor" />
    <path d="M29 12c6 5 9 12 10 19H29z" fill="currentColor" opacity=".55" />
    <path className={styles['hull']} d="M4 35h40c-3 6-8 9-14 9H17C11 44 6 41 4 35z" />
  </svg>
)
