import styles from './honeypot.module.css'

/** Whose password it is, for password managers: they look for a name beside it. */
export const UsernameField = ({ value }: { value: string }) => (
  <span className={styles['hidden']} aria-hidden="true">
    <input type="text" name="_username" autoComplete="username" defaultValue={value} readOnly tabIndex={-1} />
  </span>
)
