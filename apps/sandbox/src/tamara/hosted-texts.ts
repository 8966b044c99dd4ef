import { APPROVED_PHONE, DECLINED_PHONE } from './people.ts'

export type Locale = 'en' | 'ar'

export const HOSTED_ERRORS = ['phone', 'code', 'card', 'card-declined', 'consent'] as const
export type HostedError = (typeof HOSTED_ERRORS)[number]

/** The words of the hosted page. */
const TEXTS = {
  en: {
    dir: 'ltr',
    title: 'Pay in instalments',
    brand: 'Tamara, sandbox',
    note: 'A test page in place of Tamara’s. No money moves and nothing is lent.',
    otherLanguage: 'العربية',
    steps: { phone: 'Your mobile', code: 'Code', pay: 'Plan and card' },
    stepOf: (now: number, all: number) => `Step ${now} of ${all}`,
    order: 'Order',
    total: 'Total',
    delivery: 'Delivery',
    discount: 'Discount',
    phone: 'Mobile number',
    phoneHint: 'Nine digits, beginning with 5',
    sendCode: 'Send code',
    code: 'Code',
    codeSent: 'We have sent a code to',
    codeShown: 'Sandbox: your code is',
    confirm: 'Confirm',
    otherPhone: 'Use another number',
    planTitle: 'Your plan',
    today: 'Today',
    card: 'Card number',
    expiry: 'Expiry date (MM/YY)',
    cvc: 'Security code',
    consent: 'I agree to pay these parts on these days',
    pay: (amount: string) => `Pay ${amount} now`,
    refuse: 'Be refused',
    leave: 'Cancel and go back to the shop',
    sandbox: 'To try out',
    phones: [
      [APPROVED_PHONE, 'is approved, like every other mobile'],
      [DECLINED_PHONE, 'is declined after paying'],
    ],
    cards: [
      ['5436 0310 3060 6378', '01/99, 257: pays'],
      ['4556 2537 5271 2245', 'is declined by the bank'],
    ],
    over: 'This session is over',
    overLead: 'It was paid, refused, cancelled, or its time was up. Nothing can be paid here any more.',
    back: 'Back to the shop',
    errors: {
      phone: 'Enter a UAE mobile number: nine digits, beginning with 5.',
      code: 'That is not the code. Check it and try again.',
      card: 'Enter the card number, the expiry date and the security code.',
      'card-declined': 'The bank has declined this card. Use another one.',
      consent: 'Agree to the plan to go on.',
    },
  },
  ar: {
    dir: 'rtl',
    title: 'ادفع على أقساط',
    brand: 'تمارا، بيئة تجريبية',
    note: 'صفحة اختبار تحل محل صفحة تمارا. لا يُسحب أي مبلغ ولا يُمنح أي قرض.',
    otherLanguage: 'English',
    steps: { phone: 'رقم هاتفك', code: 'الرمز', pay: 'الخطة والبطاقة' },
    stepOf: (now: number, all: number) => `الخطوة ${now} من ${all}`,
    order: 'الطلب',
    total: 'الإجمالي',
    delivery: 'التوصيل',
    discount: 'الخصم',
    phone: 'رقم الهاتف المتحرك',
    phoneHint: 'تسعة أرقام تبدأ بالرقم 5',
    sendCode: 'أرسل الرمز',
    code: 'الرمز',
    codeSent: 'أرسلنا رمزاً إلى',
    codeShown: 'بيئة تجريبية: رمزك هو',
    confirm: 'تأكيد',
    otherPhone: 'استخدم رقماً آخر',
    planTitle: 'خطة السداد',
    today: 'اليوم',
    card: 'رقم البطاقة',
    expiry: 'تاريخ الانتهاء (شهر/سنة)',
    cvc: 'رمز الأمان',
    consent: 'أوافق على سداد هذه الأقساط في مواعيدها',
    pay: (amount: string) => `ادفع ${amount} الآن`,
    refuse: 'جرّب الرفض',
    leave: 'إلغاء والعودة إلى المتجر',
    sandbox: 'للتجربة',
    phones: [
      [APPROVED_PHONE, 'تتم الموافقة عليه، كأي رقم آخر'],
      [DECLINED_PHONE, 'يُرفض بعد الدفع'],
    ],
    cards: [
      ['5436 0310 3060 6378', '01/99 و257: يتم الدفع بها'],
      ['4556 2537 5271 2245', 'يرفضها المصرف'],
    ],
    over: 'انتهت هذه الجلسة',
    overLead: 'إما أنها سُددت أو رُفضت أو أُلغيت أو انتهى وقتها. لم يعد بالإمكان الدفع هنا.',
    back: 'العودة إلى المتجر',
    errors: {
      phone: 'أدخل رقم هاتف متحرك في الإمارات: تسعة أرقام تبدأ بالرقم 5.',
      code: 'الرمز غير صحيح. راجعه ثم حاول مجدداً.',
      card: 'أدخل رقم البطاقة وتاريخ الانتهاء ورمز الأمان.',
      'card-declined': 'رفض المصرف هذه البطاقة. استخدم بطاقة أخرى.',
      consent: 'وافق على الخطة للمتابعة.',
    },
  },
} as const

export type HostedTexts = (typeof TEXTS)[Locale]

export const hostedTexts = (locale: Locale): HostedTexts => TEXTS[locale]

const languageOf: Record<Locale, string> = { en: 'en-AE', ar: 'ar-AE-u-nu-latn' }

export const showAmount = (fils: number, locale: Locale): string =>
  new Intl.NumberFormat(languageOf[locale], { style: 'currency', currency: 'AED' }).format(fils / 100)

export const showDay = (ms: number, locale: Locale): string =>
  new Intl.DateTimeFormat(languageOf[locale], { day: 'numeric', month: 'long', timeZone: 'Asia/Dubai' }).format(ms)
