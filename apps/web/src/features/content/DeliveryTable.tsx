import type { MessageId } from '@dhow/i18n/translator.ts'
import { useShop } from '../../framework/shop.tsx'
import type { DeliveryPromise } from '../../framework/delivery.ts'
import { Money } from '../../ui/Money.tsx'
import { Rich } from '../../ui/Rich.tsx'
import styles from './delivery-table.module.css'

const emirateName = (emirate: string): MessageId => `emirate.${emirate}` as MessageId

/** Today's prices and days for each emirate, as the checkout will offer them. */
export function DeliveryTable({ promise }: { promise: DeliveryPromise }) {
  const { t, format } = useShop()
  return (
    <div className={styles['box']}>
      <table className={styles['table']}>
        <caption className={styles['caption']}>{t('deliveryTable.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('deliveryTable.emirate')}</th>
            <th scope="col">{t('deliveryTable.method')}</th>
            <th scope="col">{t('deliveryTable.when')}</th>
            <th scope="col">{t('deliveryTable.price')}</th>
          </tr>
        </thead>
        <tbody>
          {promise.emirates.flatMap(({ emirate, lines }) =>
            lines.map(({ method, when, price }, at) => (
              <tr key={`${emirate}-${method}`} className={at === 0 ? styles['first'] : undefined}>
                {at === 0 && (
                  <th scope="rowgroup" rowSpan={lines.length}>
                    {t(emirateName(emirate))}
                  </th>
                )}
                <td>{t(`product.delivery.${method}`)}</td>
                <td>{when}</td>
                <td>{price ? <Money value={price} format={format} wholeShort /> : t('product.delivery.free')}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
      {promise.freeOver && (
        <p className={styles['free']}>
          <Rich
            t={t}
            id="product.delivery.freeOver"
            values={{ amount: <Money key="amount" value={promise.freeOver} format={format} wholeShort /> }}
          />
        </p>
      )}
    </div>
  )
}
