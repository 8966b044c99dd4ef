// Stands in for Tamara's widget: reads the same settings, draws the same element, and again on `refresh()`.
const LANGUAGES = { en: 'en-AE', ar: 'ar-AE-u-nu-latn' }
const WORDS = {
  en: (part) => `Tamara, sandbox: 4 payments of ${part}`,
  ar: (part) => `تمارا، بيئة تجريبية: 4 دفعات بقيمة ${part}`,
}

function draw(element) {
  const { lang = 'en', publicKey } = window.tamaraWidgetConfig ?? {}
  const amount = Number(element.getAttribute('amount'))
  // Without a key or an amount Tamara's own shows nothing either.
  if (!publicKey || !(amount > 0)) return element.replaceChildren()
  const format = new Intl.NumberFormat(LANGUAGES[lang] ?? LANGUAGES.en, { style: 'currency', currency: 'AED' })
  element.textContent = (WORDS[lang] ?? WORDS.en)(format.format(amount / 4))
}

customElements.define(
  'tamara-widget',
  class extends HTMLElement {
    connectedCallback() {
      draw(this)
    }
  },
)
window.TamaraWidgetV2 = {
  refresh() {
    for (const element of document.querySelectorAll('tamara-widget')) draw(element)
  },
}
