// What a shopper can pay with besides a card they type: cards kept for them, and the wallets of their device.

const WALLET_TOKENS = { apple_pay: 'tok_applepay', google_pay: 'tok_googlepay' }
const WALLET_NAMES = { apple_pay: 'Apple Pay', google_pay: 'Google Pay' }

/** The radio buttons above the card fields; without anything to choose from there are none. */
export function createChoices({ form, texts, onChange }) {
  const box = form.querySelector('#choices')
  const fresh = form.querySelector('#new-card')
  const save = form.elements.save
  let chosen = 'new'

  function choose(value) {
    chosen = value
    fresh.hidden = value !== 'new'
    onChange()
  }

  function line({ value, label, hint }) {
    const row = document.createElement('label')
    const radio = document.createElement('input')
    const name = document.createElement('bdi')
    row.className = 'choice'
    Object.assign(radio, { type: 'radio', name: 'choice', value })
    radio.addEventListener('change', () => choose(value))
    name.textContent = label
    row.append(radio, name)
    if (hint) {
      const detail = document.createElement('small')
      detail.textContent = hint
      row.append(detail)
    }
    return row
  }

  const lineOfCard = ({ id, brand, last4, month, year }) => ({
    value: id,
    label: `${brand.toUpperCase()} •••• ${last4}`,
    hint: `${texts.expires} ${String(month).padStart(2, '0')}/${year % 100}`,
  })

  return {
    show({ methods = [], canSave = false, wallets = [] }) {
      save.closest('label').hidden = !canSave
      const others = [...methods.map(lineOfCard), ...wallets.map((value) => ({ value, label: WALLET_NAMES[value] }))]
      if (others.length === 0) return
      box.append(...[...others, { value: 'new', label: texts.newCard }].map(line))
      box.hidden = false
      box.querySelector('input').checked = true
      choose(others[0].value)
    },
    isNew: () => chosen === 'new',
    /** The wallet's token, while a wallet is chosen. */
    walletToken: () => WALLET_TOKENS[chosen],
    savedCard: () => (chosen === 'new' || chosen in WALLET_TOKENS ? undefined : chosen),
    isToBeSaved: () => chosen === 'new' && !save.closest('label').hidden && save.checked,
    setBusy(isBusy) {
      box.disabled = isBusy
      save.disabled = isBusy
    },
  }
}
