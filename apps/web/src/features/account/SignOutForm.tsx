import { useShop } from '../../framework/shop.tsx'
import styles from './account-frame.module.css'

/** A plain post: the answer tells the browser to forget all it keeps of the shop, and leads out. */
export function SignOutForm() {
  const { t, paths } = useShop()
  return (
    <form method="post" action={paths.account()}>
      <input type="hidden" name="intent" value="sign-out" />
      <button className={styles['signOut']} type="submit">
        {t('account.signOut')}
      </button>
    </form>
  )
}
