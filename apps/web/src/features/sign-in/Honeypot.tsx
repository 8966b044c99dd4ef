import { honeypotField } from './honeypot.ts'
import styles from './honeypot.module.css'

export const Honeypot = () => (
  <div className={styles['hidden']} aria-hidden="true">
    <input type="text" name={honeypotField} tabIndex={-1} autoComplete="off" defaultValue="" />
  </div>
)
