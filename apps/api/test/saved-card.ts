import { listSavedCards, setUpSavedCard } from '@dhow/contracts/saved-cards.ts'
import type { SavedCard } from '@dhow/contracts/saved-cards.ts'
import type { RunningSandbox } from '../../sandbox/src/app.ts'
import type { GivenCustomer } from './customer.ts'
import { atProvider } from './provider.ts'

/** Has a customer keep a test card without buying anything: what their browser does with the secret is done here. */
export async function keepCard(
  app: { sandbox: RunningSandbox },
  customer: GivenCustomer,
  card = 'pm_card_visa',
): Promise<SavedCard> {
  const { clientSecret } = await customer.call(setUpSavedCard, {})
  const [setup] = clientSecret.split('_secret_')
  const form = { payment_method: card, return_url: 'http://localhost/' }
  await atProvider(app.sandbox, `/setup_intents/${setup}/confirm`, form)
  const [kept] = (await customer.call(listSavedCards, {})).items
  if (!kept) throw new Error('the card was not kept')
  return kept
}
