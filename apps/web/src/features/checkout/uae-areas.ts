import type { Emirate } from '@dhow/contracts/address.ts'

/** A city, town or district people name as their area. `aliases` are other spellings and short names in common use. */
export interface Area {
  en: string
  ar: string
  aliases?: readonly string[]
}

const area = (en: string, ar: string, ...aliases: string[]): Area => (aliases.length ? { en, ar, aliases } : { en, ar })

/**
 * Suggestions only: the field takes any text. Keyed by emirate, because names repeat (Al Nahda is in Dubai and in Sharjah,
 * Al Rashidiya in Dubai and in Ajman).
 */
export const areasByEmirate: Readonly<Record<Emirate, readonly Area[]>> = {
  'AE-DU': [
    area('Al Barsha', 'البرشاء', 'Barsha', 'البرشا'),
    area('Al Furjan', 'الفرجان'),
    area('Al Garhoud', 'القرهود', 'Garhoud'),
    area('Al Karama', 'الكرامة', 'Karama'),
    area('Al Khawaneej', 'الخوانيج', 'Khawaneej'),
    area('Al Mizhar', 'المزهر', 'Mizhar'),
    area('Al Nahda', 'النهدة', 'Nahda'),
    area('Al Quoz', 'القوز', 'Quoz'),
    area('Al Qusais', 'القصيص', 'Qusais'),
    area('Al Rashidiya', 'الراشدية', 'Rashidiya'),
    area('Al Satwa', 'السطوة', 'Satwa'),
    area('Al Warqa', 'الورقاء', 'Warqa', 'Al Warqaa'),
    area('Arabian Ranches', 'المرابع العربية'),
    area('Bur Dubai', 'بر دبي'),
    area('Business Bay', 'الخليج التجاري'),
    area('Deira', 'ديرة'),
    area('Discovery Gardens', 'ديسكفري جاردنز'),
    area('Downtown Dubai', 'وسط مدينة دبي', 'Burj Khalifa', 'داون تاون'),
    area('Dubai Hills', 'دبي هيلز'),
    area('Dubai Investments Park', 'مجمع دبي للاستثمار', 'DIP'),
    area('Dubai Marina', 'دبي مارينا', 'Marina', 'المارينا'),
    area('Dubai Silicon Oasis', 'واحة دبي للسيليكون', 'DSO', 'Silicon Oasis'),
    area('Hatta', 'حتا'),
    area('International City', 'المدينة العالمية'),
    area('Jebel Ali', 'جبل علي'),
    area('Jumeirah', 'جميرا', 'Jumeira'),
    area('Jumeirah Beach Residence', 'جميرا بيتش ريزيدنس', 'JBR'),
    area('Jumeirah Lakes Towers', 'أبراج بحيرات جميرا', 'JLT'),
    area('Jumeirah Village Circle', 'قرية جميرا الدائرية', 'JVC'),
    area('Mirdif', 'مردف', 'Mirdiff'),
    area('Nad Al Sheba', 'ند الشبا'),
    area('Palm Jumeirah', 'نخلة جميرا', 'The Palm', 'النخلة'),
    area('Umm Suqeim', 'أم سقيم'),
  ],
  'AE-AZ': [
    area('Abu Dhabi', 'أبوظبي', 'Abu Dhabi city'),
    area('Al Ain', 'العين'),
    area('Al Falah', 'الفلاح'),
    area('Al Khalidiyah', 'الخالدية', 'Khalidiya'),
    area('Al Mirfa', 'المرفأ'),
    area('Al Mushrif', 'المشرف'),
    area('Al Raha', 'الراحة', 'Raha Beach'),
    area('Al Reem Island', 'جزيرة الريم', 'Reem'),
    area('Al Shamkha', 'الشامخة'),
    area('Al Sila', 'السلع'),
    area('Al Wathba', 'الوثبة'),
    area('Baniyas', 'بني ياس'),
    area('Delma', 'دلما', 'Dalma'),
    area('Ghayathi', 'غياثي'),
    area('Khalifa City', 'مدينة خليفة'),
    area('Liwa', 'ليوا'),
    area('Madinat Zayed', 'مدينة زايد'),
    area('Masdar City', 'مدينة مصدر'),
    area('Mohamed Bin Zayed City', 'مدينة محمد بن زايد', 'MBZ City'),
    area('Mussafah', 'المصفح', 'Musaffah', 'مصفح'),
    area('Ruwais', 'الرويس'),
    area('Saadiyat Island', 'جزيرة السعديات', 'Saadiyat'),
    area('Yas Island', 'جزيرة ياس', 'Yas'),
  ],
  'AE-SH': [
    area('Al Dhaid', 'الذيد', 'Dhaid'),
    area('Al Hamriyah', 'الحمرية'),
    area('Al Khan', 'الخان'),
    area('Al Madam', 'المدام'),
    area('Al Majaz', 'المجاز', 'Majaz'),
    area('Al Nahda', 'النهدة', 'Nahda'),
    area('Al Qasimia', 'القاسمية', 'Qasimiya'),
    area('Al Taawun', 'التعاون', 'Taawun'),
    area('Dibba Al Hisn', 'دبا الحصن'),
    area('Industrial Areas', 'المناطق الصناعية'),
    area('Kalba', 'كلباء'),
    area('Khor Fakkan', 'خورفكان', 'Khorfakkan'),
    area('Mleiha', 'مليحة'),
    area('Muwaileh', 'مويلح', 'Muweilah'),
    area('Sharjah', 'الشارقة', 'Sharjah city'),
    area('University City', 'المدينة الجامعية'),
  ],
  'AE-AJ': [
    area('Ajman', 'عجمان', 'Ajman city'),
    area('Al Jurf', 'الجرف'),
    area('Al Mowaihat', 'المويهات'),
    area('Al Nuaimiya', 'النعيمية', 'Nuaimiya'),
    area('Al Rashidiya', 'الراشدية', 'Rashidiya'),
    area('Al Rawda', 'الروضة'),
    area('Manama', 'المنامة'),
    area('Masfout', 'مصفوت'),
  ],
  'AE-UQ': [
    area('Al Salamah', 'السلمة'),
    area('Falaj Al Mualla', 'فلج المعلا'),
    area('Umm Al Quwain', 'أم القيوين', 'UAQ'),
  ],
  'AE-RK': [
    area('Al Hamra Village', 'قرية الحمراء'),
    area('Al Jazirah Al Hamra', 'الجزيرة الحمراء'),
    area('Al Marjan Island', 'جزيرة المرجان'),
    area('Al Nakheel', 'النخيل'),
    area('Al Rams', 'الرمس'),
    area('Khatt', 'خت'),
    area('Ras Al Khaimah', 'رأس الخيمة', 'RAK'),
    area('Shaam', 'شعم'),
  ],
  'AE-FU': [
    area('Al Bithnah', 'البثنة'),
    area('Dibba Al-Fujairah', 'دبا الفجيرة', 'Dibba'),
    area('Fujairah', 'الفجيرة', 'Fujairah city'),
    area('Masafi', 'مسافي'),
    area('Mirbah', 'مربح'),
    area('Qidfa', 'قدفع'),
  ],
}

/** By population, as shops here list them. */
export const emiratesInOrder = [
  'AE-DU',
  'AE-AZ',
  'AE-SH',
  'AE-AJ',
  'AE-UQ',
  'AE-RK',
  'AE-FU',
] as const satisfies readonly Emirate[]
