/** What besides a card number decides what happens at Stripe's stand-in, for the page of test inputs. */
export const STRIPE_SENTINELS: readonly { input: string; outcome: string }[] = [
  {
    input: '?sandbox-wallets=apple_pay,google_pay in the address of any page of the shop',
    outcome:
      'The card fields offer these wallets for as long as the tab is open. Safari with Apple Pay shows it by itself.',
  },
  {
    input: 'Evidence with the words winning_evidence, losing_evidence or escalate_inquiry_evidence',
    outcome: 'Decides a dispute as soon as it is submitted; other words leave it under review.',
  },
  { input: 'A payout made by hand of an amount ending in .99', outcome: 'Comes back from the bank a day later.' },
  { input: 'Held money', outcome: 'Lapses after seven days of the sandbox’s clock.' },
  { input: 'Refunds to …7726 and …5126', outcome: 'Settle, or fail after all, a minute later.' },
]
