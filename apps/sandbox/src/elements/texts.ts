export type Locale = 'en' | 'ar'

/** The words of the card form and of the bank's page. Stripe's own element speaks both languages too. */
const TEXTS = {
  en: {
    dir: 'ltr',
    form: 'Card details',
    number: 'Card number',
    expiry: 'Expiry date',
    expiryHint: 'MM / YY',
    cvc: 'Security code',
    cvcHint: 'CVC',
    payWith: 'Pay with',
    newCard: 'Another card',
    expires: 'Expires',
    save: 'Save this card for next time',
    sandbox: 'Sandbox',
    testCard: 'Test card',
    testCardAction: 'Fill in the test card',
    testCardNote: 'any future date, any CVC',
    errors: {
      incomplete_number: 'Enter the full card number.',
      invalid_number: "This card number isn't valid. Check it and try again.",
      incomplete_expiry: 'Enter the expiry date as month and year.',
      invalid_expiry_month: 'The expiry month must be from 01 to 12.',
      invalid_expiry_year_past: 'This card has expired. Use another card.',
      invalid_expiry_year: "This expiry year isn't valid.",
      incomplete_cvc: 'Enter the security code.',
    },
    bank: 'Sandbox Bank',
    challengeTitle: 'Confirm this payment',
    keepTitle: 'Confirm that your card is kept',
    challengeLead: 'Your bank wants to be sure that it is you.',
    merchant: 'To',
    amount: 'Amount',
    card: 'Card',
    complete: 'Complete',
    fail: 'Fail',
    challengeNote: 'A test page in place of your bank. No money moves.',
    done: 'Thank you. You can close this page.',
  },
  ar: {
    dir: 'rtl',
    form: 'بيانات البطاقة',
    number: 'رقم البطاقة',
    expiry: 'تاريخ الانتهاء',
    expiryHint: 'MM / YY',
    cvc: 'رمز الأمان',
    cvcHint: 'CVC',
    payWith: 'ادفع بواسطة',
    newCard: 'بطاقة أخرى',
    expires: 'تنتهي في',
    save: 'احفظ هذه البطاقة للمرة القادمة',
    sandbox: 'تجريبي',
    testCard: 'بطاقة الاختبار',
    testCardAction: 'املأ ببطاقة الاختبار',
    testCardNote: 'أي تاريخ قادم وأي رمز',
    errors: {
      incomplete_number: 'أدخل رقم البطاقة كاملاً.',
      invalid_number: 'رقم البطاقة غير صحيح. راجعه ثم حاول مجدداً.',
      incomplete_expiry: 'أدخل تاريخ الانتهاء: الشهر ثم السنة.',
      invalid_expiry_month: 'شهر الانتهاء يجب أن يكون بين 01 و12.',
      invalid_expiry_year_past: 'انتهت صلاحية هذه البطاقة. استخدم بطاقة أخرى.',
      invalid_expiry_year: 'سنة الانتهاء غير صحيحة.',
      incomplete_cvc: 'أدخل رمز الأمان.',
    },
    bank: 'بنك التجربة',
    challengeTitle: 'أكّد عملية الدفع',
    keepTitle: 'أكّد حفظ بطاقتك',
    challengeLead: 'يريد مصرفك التأكد من أنك صاحب البطاقة.',
    merchant: 'إلى',
    amount: 'المبلغ',
    card: 'البطاقة',
    complete: 'تأكيد',
    fail: 'رفض',
    challengeNote: 'صفحة اختبار تحل محل مصرفك، ولا يُسحب أي مبلغ.',
    done: 'شكراً لك. يمكنك إغلاق هذه الصفحة.',
  },
} as const

export type Texts = (typeof TEXTS)[Locale]

export function textsOf(locale: Locale): Texts {
  return TEXTS[locale]
}

/** `ar`, `ar-AE` … are Arabic, all else is English; without a parameter the browser's preference counts. */
export function localeOf(parameter: unknown, acceptLanguage: string | undefined): Locale {
  const wanted = typeof parameter === 'string' && parameter !== 'auto' ? parameter : (acceptLanguage ?? '')
  return wanted.toLowerCase().startsWith('ar') ? 'ar' : 'en'
}
