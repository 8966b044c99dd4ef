import type { DemoProduct } from './types.ts'

export const gifts: readonly DemoProduct[] = [
  {
    handle: 'ramadan-box',
    sku: 'RBOX',
    brand: 'hadaya',
    title: ['Ramadan Box', 'صندوق رمضان'],
    subtitle: ['Everything for the sunset table, in one lid', 'كل ما تحتاجه مائدة المغرب تحت غطاء واحد'],
    about: [
      'Send it in the last week of Shaaban and it will be on the table for the first iftar: Khalas dates, gahwa ready ground, a small jar of honey, two finjans and a candle that smells of bakhoor. We arrange it by hand.',
      'أرسله في آخر أسبوع من شعبان ليكون على مائدة الإفطار الأول: تمر خلاص وقهوة مطحونة ومرطبان عسل صغير وفنجانان وشمعة برائحة البخور. نرتّبها باليد ونغلق الغطاء على رائحة البيت.',
    ],
    points: [
      ['Packed the day it leaves', 'يُعبّأ يوم الشحن'],
      ['Card written by hand in either language', 'بطاقة بخط اليد باللغة التي تختار'],
      ['No price slip inside', 'بلا فاتورة داخل الصندوق'],
    ],
    close: ['Choose small for a neighbour, large for a family.', 'الصغير للجار، والكبير للعائلة.'],
    tags: ['ramadan', 'gift', 'best-seller'],
    attributes: [
      [
        ['Contents', 'المحتويات'],
        ['Dates, coffee, honey, 2 cups, candle', 'تمر، قهوة، عسل، فنجانان، شمعة'],
      ],
      [
        ['Box', 'الصندوق'],
        ['Reusable, magnetic lid', 'قابل لإعادة الاستخدام بغطاء مغناطيسي'],
      ],
      [
        ['Keeps', 'الصلاحية'],
        ['6 months', '6 أشهر'],
      ],
    ],
    hs: '080410',
    origin: 'AE',
    grams: 2100,
    options: ['size'],
    variants: [
      ['small', 245, 30],
      ['large', 420, 16, 465, 3600],
    ],
    look: ['Open gift box with dates, honey, coffee and cups', 'صندوق هدية مفتوح فيه تمر وعسل وقهوة وفناجين'],
    views: [['closed', ['The box closed, with its ribbon', 'الصندوق مغلقًا بشريطه']]],
  },
  {
    handle: 'eid-chocolates',
    sku: 'CHOC',
    brand: 'hadaya',
    title: ['Eid Chocolates', 'شوكولاتة العيد'],
    subtitle: ['Date, cardamom and rose, in gold paper', 'تمر وهيل وورد في ورق ذهبي'],
    about: [
      'The tray that goes round the majlis on the first morning. Dark chocolate over date paste, milk over cardamom, white over rose, each folded in paper that rustles, so nobody takes a second one quietly.',
      'صينية تدور في المجلس صباح العيد. داكنة فوق عجينة التمر، وبالحليب فوق الهيل، وبيضاء فوق الورد، وكل واحدة في ورق يخشخش، فلا أحد يأخذ الثانية خلسة.',
    ],
    points: [
      ['Made in Dubai the same week', 'تُصنع في دبي في الأسبوع نفسه'],
      ['Sent with an ice pack from May', 'تُرسل مع كمّادة باردة ابتداءً من مايو'],
      ['No alcohol, no gelatine', 'بلا كحول ولا جيلاتين'],
    ],
    close: ['Count on five pieces a guest. Six, honestly.', 'احسب خمس حبات للضيف، أو ست بصراحة.'],
    tags: ['eid', 'gift', 'best-seller'],
    attributes: [
      [
        ['Allergens', 'مسببات الحساسية'],
        ['Milk, soya, may contain nuts', 'حليب، صويا، قد تحتوي على مكسرات'],
      ],
      [
        ['Storage', 'الحفظ'],
        ['16–20 °C', '16–20 درجة'],
      ],
      [
        ['Keeps', 'الصلاحية'],
        ['3 months', '3 أشهر'],
      ],
    ],
    hs: '180690',
    origin: 'AE',
    grams: 700,
    options: ['weight'],
    variants: [
      ['500g', 130, 33],
      ['1kg', 239, 21, 0, 1300],
    ],
    look: ['Round tray of wrapped chocolates', 'صينية مستديرة من الشوكولاتة المغلّفة'],
    views: [],
  },
  {
    handle: 'rawda-prayer-set',
    sku: 'RAWDA',
    brand: 'hasir',
    title: ['Rawda Prayer Set', 'طقم صلاة روضة'],
    subtitle: ['Padded rug and beads in a matching bag', 'سجادة مبطّنة ومسبحة في كيس من القماش نفسه'],
    about: [
      'A prayer rug with enough padding for marble floors and a weave fine enough to fold into a handbag. The arch is woven, not printed, and the thirty-three beads are olive wood, warm in the hand from the first day.',
      'سجادة مبطّنة تريح الركبة على الرخام، ونسيجها رقيق يُطوى في الحقيبة. المحراب منسوج لا مطبوع، والمسبحة ثلاث وثلاثون حبة من خشب الزيتون، دافئة في اليد من أول يوم.',
    ],
    points: [
      ['110 × 70 cm, 8 mm padding', '110 × 70 سم، بحشوة 8 مم'],
      ['Olive-wood beads', 'مسبحة من خشب الزيتون'],
      ['Name embroidered free, two days more', 'تطريز الاسم مجانًا خلال يومين إضافيين'],
    ],
    close: ['The present that is used five times a day.', 'هدية تُستخدم خمس مرات في اليوم.'],
    tags: ['ramadan', 'eid', 'gift'],
    attributes: [
      [
        ['Material', 'الخامة'],
        ['Chenille, cotton back', 'شنيل وظهر قطني'],
      ],
      [
        ['Dimensions', 'الأبعاد'],
        ['110 × 70 cm', '110 × 70 سم'],
      ],
      [
        ['Care', 'العناية'],
        ['30° gentle, flat', 'غسيل هادئ 30°، يُجفف مفرودًا'],
      ],
    ],
    hs: '570242',
    origin: 'TR',
    grams: 980,
    options: ['colour'],
    pictureBy: 'colour',
    variants: [
      ['emerald', 185, 24],
      ['indigo', 185, 17],
      ['maroon', 185, 2],
    ],
    look: ['Prayer rug with a woven arch and wooden beads', 'سجادة صلاة بمحراب منسوج ومسبحة خشبية'],
    views: [['detail', ['Close view of the woven arch', 'نظرة قريبة على المحراب المنسوج']]],
  },
  {
    handle: 'mabrook-newborn-set',
    sku: 'MABROOK',
    brand: 'hadaya',
    title: ['Mabrook Newborn Set', 'طقم مبروك للمولود'],
    subtitle: ['Blanket, rattle and a small camel', 'بطانية وخشخيشة وناقة صغيرة'],
    about: [
      'For the visit to the hospital when flowers are not allowed past the desk. A muslin blanket, a beech rattle and a camel that fits in a fist, in a basket the mother will keep for the next ten years.',
      'لزيارة المستشفى حين لا تُسمح الورود بعد الاستقبال. بطانية موسلين وخشخيشة من الزان وناقة بحجم القبضة، في سلة ستبقى عند الأم عشر سنوات.',
    ],
    points: [
      ['Organic cotton muslin, 120 × 120 cm', 'موسلين قطن عضوي 120 × 120 سم'],
      ['Palm-leaf basket', 'سلة من سعف النخيل'],
      ['Ribbon in the colour you choose', 'شريط باللون الذي تختاره'],
    ],
    close: ['Deliver to the ward: give us the room number.', 'نوصل إلى الجناح، اكتب رقم الغرفة.'],
    tags: ['gift', 'new'],
    attributes: [
      [
        ['Contents', 'المحتويات'],
        ['Blanket, rattle, plush camel', 'بطانية، خشخيشة، ناقة قماشية'],
      ],
      [
        ['Material', 'الخامة'],
        ['Organic cotton, beech', 'قطن عضوي وخشب زان'],
      ],
      [
        ['Safety', 'السلامة'],
        ['From birth', 'من الولادة'],
      ],
    ],
    hs: '630130',
    origin: 'AE',
    grams: 1100,
    options: ['colour'],
    pictureBy: 'colour',
    variants: [
      ['mint', 265, 12],
      ['rose', 265, 14],
      ['sky', 265, 10],
    ],
    look: ['Basket with a folded blanket, a rattle and a plush camel', 'سلة فيها بطانية مطوية وخشخيشة وناقة صغيرة'],
    views: [],
  },
  {
    handle: 'zahra-dried-bouquet',
    sku: 'ZAHRA',
    brand: 'hadaya',
    title: ['Zahra Dried Bouquet', 'باقة زهرة المجففة'],
    subtitle: ['Flowers that do not mind the heat', 'أزهار لا تهمّها الحرارة'],
    about: [
      'Palm spear, statice, bunny tail and cotton, dried in the dark so the colours hold. It goes by courier in August without harm and stands on a shelf for a year, asking for nothing but a gentle shake.',
      'سعف وستاتس وذيل أرنب وقطن، تُجفف في الظل فتثبت ألوانها. تصل مع المندوب في أغسطس سالمة، وتقف على الرف عامًا لا تطلب إلا هزّة خفيفة.',
    ],
    points: [
      ['About 45 cm tall', 'بطول نحو 45 سم'],
      ['Wrapped in kraft paper and ribbon', 'ملفوفة بورق بني وشريط'],
      ['Arranged by hand, each a little different', 'تُنسّق يدويًا، فلكل باقة اختلافها'],
    ],
    close: ['Keep out of the sun and away from cats.', 'أبعدها عن الشمس وعن القطط.'],
    tags: ['gift', 'under-100'],
    attributes: [
      [
        ['Contents', 'المحتويات'],
        ['Palm, statice, lagurus, cotton', 'سعف، ستاتس، لاغورس، قطن'],
      ],
      [
        ['Height', 'الارتفاع'],
        ['45 cm', '45 سم'],
      ],
      [
        ['Lasts', 'العمر'],
        ['About a year', 'نحو عام'],
      ],
    ],
    hs: '060390',
    origin: 'NL',
    grams: 350,
    options: ['colour'],
    pictureBy: 'colour',
    variants: [
      ['coral', 99, 0],
      ['lilac', 99, 0],
    ],
    look: ['Dried flowers wrapped in kraft paper', 'أزهار مجففة ملفوفة بورق بني'],
    views: [],
  },
  {
    handle: 'dhow-model',
    sku: 'MODEL',
    brand: 'qareb',
    title: ['Creek Dhow Model', 'مجسّم محمل الخور'],
    subtitle: ['A boom under sail, for the desk or the wall', 'بوم تحت الشراع، للمكتب أو الرف'],
    about: [
      'Built plank on frame in Umm Al Quwain by a man who used to build the real ones. The sails are stiffened cotton, the rigging is waxed thread, and there is a coin under the mast as there should be.',
      'يُبنى لوحًا فوق ضلع في أم القيوين على يد رجل كان يبني السفن الحقيقية. أشرعته قطن مقوّى وحباله خيط مشمّع، وتحت الصاري قطعة نقد كما جرت العادة.',
    ],
    points: [
      ['Teak and mahogany, no plastic', 'ساج وماهوغني بلا بلاستيك'],
      ['Stand with engraved plate, text of your choice', 'قاعدة بلوحة محفورة بالنص الذي تريد'],
      ['Numbered and signed', 'مرقّم وموقّع'],
    ],
    close: ['Four a month is all he makes.', 'لا يصنع أكثر من أربعة في الشهر.'],
    tags: ['handmade', 'gift', 'made-in-uae'],
    attributes: [
      [
        ['Material', 'الخامة'],
        ['Teak, mahogany, cotton', 'ساج وماهوغني وقطن'],
      ],
      [
        ['Dimensions', 'الأبعاد'],
        ['46 × 12 × 44 cm', '46 × 12 × 44 سم'],
      ],
      [
        ['Care', 'العناية'],
        ['Soft brush', 'فرشاة ناعمة'],
      ],
    ],
    hs: '442019',
    origin: 'AE',
    grams: 2400,
    options: [],
    variants: [['', 1250, 0]],
    look: ['Model of a wooden dhow with two lateen sails', 'مجسّم محمل خشبي بشراعين'],
    views: [['detail', ['Close view of the hull and the rigging', 'نظرة قريبة على البدن والحبال']]],
  },
]
