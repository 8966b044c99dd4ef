import type { Lang } from './objects.ts'

/** The words of the hosted page. Shared by nobody: they stand for Tabby's own. */
const TEXTS = {
  en: {
    dir: 'ltr',
    brand: 'Four parts',
    other: 'العربية',
    otherLang: 'ar',
    title: 'Pay in 4',
    lead: 'No interest and no fees. The first payment is due today.',
    shop: 'Shop',
    order: 'Order',
    total: 'Total',
    schedule: 'Your payments',
    today: 'Today',
    phoneTitle: 'Is this your number?',
    phoneLead: 'We send a code to it, to be sure that it is you.',
    sendCode: 'Send the code',
    codeTitle: 'Enter the code',
    codeLead: 'We have sent it to',
    code: 'Code of four digits',
    codeHint: 'In the sandbox it is always 8888.',
    codeWrong: 'That is not the code. Check it and try again.',
    confirmCode: 'Confirm',
    planTitle: 'Agree to four payments',
    planLead: 'The card is charged on these days, nothing else is added.',
    card: 'Card',
    agree: 'Agree and pay',
    decline: 'Decline',
    leave: 'Back to the shop',
    expiredTitle: 'This page has expired',
    expiredLead: 'It could be used for twenty minutes. Go back to the shop and begin again.',
    approvedTitle: 'Everything is agreed',
    approvedLead: 'There is nothing left to do here.',
    rejectedTitle: 'This purchase was not approved',
    rejectedLead: 'Go back to the shop to pay in another way.',
    note: 'A test page in place of Tabby’s. No money moves.',
  },
  ar: {
    dir: 'rtl',
    brand: 'على أربعة',
    other: 'English',
    otherLang: 'en',
    title: 'قسّمها على 4',
    lead: 'بدون فوائد وبدون رسوم. الدفعة الأولى اليوم.',
    shop: 'المتجر',
    order: 'الطلب',
    total: 'الإجمالي',
    schedule: 'دفعاتك',
    today: 'اليوم',
    phoneTitle: 'هل هذا رقمك؟',
    phoneLead: 'سنرسل إليه رمزاً لنتأكد من أنك صاحبه.',
    sendCode: 'أرسل الرمز',
    codeTitle: 'أدخل الرمز',
    codeLead: 'أرسلناه إلى',
    code: 'الرمز من أربعة أرقام',
    codeHint: 'الرمز في بيئة التجربة هو 8888 دائماً.',
    codeWrong: 'الرمز غير صحيح. راجعه ثم حاول مجدداً.',
    confirmCode: 'تأكيد',
    planTitle: 'وافق على أربع دفعات',
    planLead: 'تُسحب من البطاقة في هذه المواعيد، ولا يضاف إليها شيء.',
    card: 'البطاقة',
    agree: 'أوافق وأدفع',
    decline: 'لا أوافق',
    leave: 'العودة إلى المتجر',
    expiredTitle: 'انتهت صلاحية هذه الصفحة',
    expiredLead: 'كانت صالحة لمدة عشرين دقيقة. عد إلى المتجر وابدأ من جديد.',
    approvedTitle: 'تمت الموافقة',
    approvedLead: 'لم يبق عليك شيء هنا.',
    rejectedTitle: 'لم تتم الموافقة على هذه العملية',
    rejectedLead: 'عد إلى المتجر لتدفع بطريقة أخرى.',
    note: 'صفحة اختبار تحل محل صفحة تابي، ولا يُسحب أي مبلغ.',
  },
} as const

export type Texts = (typeof TEXTS)[Lang]
export const textsOf = (lang: Lang): Texts => TEXTS[lang]

const tagOf = (lang: Lang): string => (lang === 'ar' ? 'ar-AE-u-nu-latn' : 'en-AE')

/** @param minorUnits fils. */
export const amountIn = (lang: Lang, minorUnits: number): string =>
  new Intl.NumberFormat(tagOf(lang), { style: 'currency', currency: 'AED' }).format(minorUnits / 100)

export const dateIn = (lang: Lang, ms: number): string =>
  new Intl.DateTimeFormat(tagOf(lang), { day: 'numeric', month: 'long', timeZone: 'Asia/Dubai' }).format(ms)
