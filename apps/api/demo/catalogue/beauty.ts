import type { DemoProduct } from './types.ts'

export const beauty: readonly DemoProduct[] = [
  {
    handle: 'zayt-hair-oil',
    sku: 'ZAYT',
    brand: 'ward',
    title: ['Zayt Hair Oil', 'زيت الشعر'],
    subtitle: ['Argan, moringa and amla, warmed in the hands', 'أرغان ومورينغا وأملج، تُدفأ بين الكفين'],
    about: [
      'Desalinated water is hard on hair. Four drops on damp lengths before bed soften what the shower took out, and the amla brings the smell of a grandmother’s dressing table without staying on the pillow.',
      'ماء التحلية قاسٍ على الشعر. أربع قطرات على أطرافه الرطبة قبل النوم تعيد إليه ما أخذه الاستحمام، ورائحة الأملج كطاولة زينة الجدة، ولا تبقى على الوسادة.',
    ],
    points: [
      ['Cold pressed, nothing to thin it', 'معصور على البارد بلا مخفف'],
      ['Brown glass keeps it from the light', 'زجاج بني يحفظه من الضوء'],
      ['Pipette measures the drops', 'قطّارة لقياس الجرعة'],
    ],
    close: ['Also good on cuticles and old leather.', 'ينفع للأظافر وللجلد القديم أيضًا.'],
    tags: ['best-seller', 'under-100'],
    attributes: [
      [
        ['Ingredients', 'المكوّنات'],
        ['Argan, moringa, amla oils', 'زيوت الأرغان والمورينغا والأملج'],
      ],
      [
        ['For', 'لمن'],
        ['Dry and coloured hair', 'الشعر الجاف والمصبوغ'],
      ],
      [
        ['Keeps', 'الصلاحية'],
        ['12 months once open', '12 شهرًا بعد الفتح'],
      ],
    ],
    hs: '330590',
    origin: 'MA',
    grams: 190,
    options: ['volume'],
    variants: [
      ['50ml', 75, 38],
      ['100ml', 129, 22, 0, 280],
    ],
    look: ['Brown dropper bottle of hair oil', 'زجاجة زيت بنية بقطّارة'],
    views: [['detail', ['Close view of the label and the collar', 'نظرة قريبة على الملصق والعنق']]],
  },
  {
    handle: 'ward-rose-mist',
    sku: 'MAWARD',
    brand: 'ward',
    title: ['Ward Rose Mist', 'رذاذ الورد'],
    subtitle: ['Taif rose water in the finest spray', 'ماء ورد طائفي بأنعم رذاذ'],
    about: [
      'Twice distilled and not perfumed afterwards, which is why it smells of leaves as well as petals. For the face after the car park, for the pillow, for the baby’s fringe, and for a jug of water with guests.',
      'مقطّر مرتين بلا عطر مضاف، فتشم فيه الورق مع البتلات. للوجه بعد موقف السيارات، وللوسادة، ولغُرّة الصغير، ولإبريق ماء أمام الضيوف.',
    ],
    points: [
      ['Food grade', 'صالح للأكل'],
      ['No alcohol, no preservative', 'بلا كحول ولا مواد حافظة'],
      ['Refill pouch saves AED 20', 'عبوة التعبئة توفر 20 درهمًا'],
    ],
    close: ['Keep it in the fridge door and thank us in July.', 'ضعيه في باب الثلاجة واشكرينا في يوليو.'],
    tags: ['summer', 'under-100', 'best-seller'],
    attributes: [
      [
        ['Ingredients', 'المكوّنات'],
        ['Rose distillate', 'مقطّر الورد'],
      ],
      [
        ['For', 'لمن'],
        ['All skins', 'كل أنواع البشرة'],
      ],
      [
        ['Keeps', 'الصلاحية'],
        ['9 months once open', '9 أشهر بعد الفتح'],
      ],
    ],
    hs: '330499',
    origin: 'SA',
    grams: 210,
    options: ['volume'],
    variants: [
      ['100ml', 59, 49],
      ['200ml', 95, 31, 0, 340],
    ],
    look: ['Frosted spray bottle with rose petals', 'بخاخ مطفأ حوله بتلات ورد'],
    views: [],
  },
  {
    handle: 'teen-clay-mask',
    sku: 'TEEN',
    brand: 'ward',
    title: ['Teen Clay Mask', 'قناع الطين'],
    subtitle: ['Mountain clay that does not crack your smile', 'طين جبلي لا يشقق ابتسامتك'],
    about: [
      'Ghassoul clay and sidr leaf powder, already wet and whipped with a little honey, so it goes on like cream and rinses off without scrubbing. Ten minutes, once a week, door closed, telephone in another room.',
      'طين الغاسول وورق السدر المطحون، ممزوجان وجاهزان مع قليل من العسل، فيُفرد كالكريم ويُشطف بلا فرك. عشر دقائق في الأسبوع، والباب مغلق، والهاتف في غرفة أخرى.',
    ],
    points: [
      ['Ready to use, no mixing bowl', 'جاهز بلا خلط'],
      ['Gentle enough for dry skin', 'لطيف حتى على البشرة الجافة'],
      ['Wooden spatula under the lid', 'ملعقة خشبية تحت الغطاء'],
    ],
    close: ['Patch test on the arm first, as always.', 'جرّبيه على الذراع أولًا كالعادة.'],
    tags: ['new'],
    attributes: [
      [
        ['Ingredients', 'المكوّنات'],
        ['Ghassoul clay, sidr, honey', 'طين الغاسول، سدر، عسل'],
      ],
      [
        ['For', 'لمن'],
        ['Normal to oily skin', 'العادية إلى الدهنية'],
      ],
      [
        ['Net weight', 'الوزن الصافي'],
        ['120 g', '120 جم'],
      ],
    ],
    hs: '330499',
    origin: 'MA',
    grams: 260,
    options: [],
    variants: [['', 110, 25]],
    look: ['Open jar of clay mask with a swirl and a wooden spatula', 'علبة قناع طين مفتوحة وملعقة خشبية'],
    views: [],
  },
  {
    handle: 'naseem-lipstick',
    sku: 'NASEEM',
    brand: 'ward',
    title: ['Naseem Lipstick', 'أحمر شفاه نسيم'],
    subtitle: ['Matt colour that survives lunch', 'لون مطفأ يصمد بعد الغداء'],
    about: [
      'Four colours chosen against real skins in daylight at Kite Beach and not under shop lamps. It goes on creamy, sets in a minute and stays put through coffee and a long conversation, and comes off with any oil.',
      'أربعة ألوان اخترناها على بشرات حقيقية في ضوء النهار عند الشاطئ لا تحت أضواء المحل. يُفرد كريميًا ويثبت في دقيقة ويصمد مع القهوة والحديث الطويل، ويزول بأي زيت.',
    ],
    points: [
      ['With jojoba, does not dry lips', 'بالجوجوبا، لا يجفف الشفاه'],
      ['Halal certified, no carmine', 'حاصل على شهادة حلال وبلا قرمز'],
      ['Brass case takes refills', 'علبة نحاسية تقبل التعبئة'],
    ],
    close: ['Date Brown suits nearly everybody.', 'البني التمري يليق بالجميع تقريبًا.'],
    tags: ['best-seller', 'under-100'],
    attributes: [
      [
        ['Finish', 'الملمس'],
        ['Matt', 'مطفأ'],
      ],
      [
        ['For', 'لمن'],
        ['All skins', 'كل أنواع البشرة'],
      ],
      [
        ['Net weight', 'الوزن الصافي'],
        ['3.6 g', '3.6 جم'],
      ],
    ],
    hs: '330410',
    origin: 'IT',
    grams: 60,
    options: ['colour'],
    pictureBy: 'colour',
    variants: [
      ['red', 89, 37],
      ['brick', 89, 44],
      ['berry', 89, 0],
      ['nude', 89, 29],
    ],
    look: ['Open lipstick in a fluted brass case', 'أحمر شفاه مفتوح في علبة نحاسية مضلّعة'],
    views: [['swatches', ['The four colours, side by side', 'الألوان الأربعة جنبًا إلى جنب']]],
  },
  {
    handle: 'ithmid-kohl',
    sku: 'ITHMID',
    brand: 'ward',
    title: ['Ithmid Kohl', 'كحل إثمد'],
    subtitle: ['Soft black in a brass pot with its wand', 'سواد ناعم في مكحلة نحاسية مع المرود'],
    about: [
      'The shape is a thousand years old: a small pot, a smooth stick, a line drawn from the inner corner out. The formula is new, laboratory tested and free of lead, which the old ones were not.',
      'الشكل عمره ألف عام: مكحلة صغيرة ومرود أملس وخط يبدأ من الزاوية. أما التركيبة فحديثة ومفحوصة مخبريًا وخالية من الرصاص، ولم يكن القديم كذلك.',
    ],
    points: [
      ['Lead free, tested each batch', 'خالٍ من الرصاص، تُفحص كل دفعة'],
      ['Does not run at forty degrees', 'لا يسيل في الأربعين مئوية'],
      ['Pot is yours for life, powder refills', 'المكحلة لك والكحل يُعاد تعبئته'],
    ],
    close: ['Wipe the wand after each use.', 'امسحي المرود بعد كل استخدام.'],
    tags: ['eid', 'gift', 'handmade'],
    attributes: [
      [
        ['Ingredients', 'المكوّنات'],
        ['Carbon black, castor oil', 'أسود الكربون وزيت الخروع'],
      ],
      [
        ['For', 'لمن'],
        ['Sensitive eyes too', 'تناسب العين الحساسة'],
      ],
      [
        ['Net weight', 'الوزن الصافي'],
        ['4 g', '4 جم'],
      ],
    ],
    hs: '330420',
    origin: 'IN',
    grams: 110,
    options: ['metal'],
    pictureBy: 'metal',
    variants: [
      ['brass', 125, 16],
      ['silver', 165, 3],
    ],
    look: ['Engraved kohl pot with its wand', 'مكحلة منقوشة مع المرود'],
    views: [['detail', ['Close view of the engraved pot', 'نظرة قريبة على المكحلة المنقوشة']]],
  },
  {
    handle: 'ghar-soap-trio',
    sku: 'GHAR',
    brand: 'ward',
    title: ['Ghar Soap Trio', 'ثلاثية صابون الغار'],
    subtitle: ['Laurel, rose and oud, aged nine months', 'غار وورد وعود، معتّقة تسعة أشهر'],
    about: [
      'Olive oil soap in the old manner: cooked in a cauldron, poured on the floor, cut by hand and stacked in towers to dry until the green has turned to gold outside. One bar does face, hair and shirts.',
      'صابون زيت زيتون على الطريقة القديمة: يُطبخ في القدر ويُصب على الأرض ويُقطع باليد ويُرصّ أبراجًا حتى يصفرّ ظاهره ويبقى قلبه أخضر. قطعة للوجه والشعر والثياب.',
    ],
    points: [
      ['Three bars, about 140 g each', 'ثلاث قطع، نحو 140 جم للقطعة'],
      ['Olive and laurel oil, lye, nothing else', 'زيت زيتون وغار وقلوي فقط'],
      ['Wrapped in paper and string', 'ملفوفة بورق وخيط'],
    ],
    close: ['Let it dry between showers and it lasts two months.', 'دعها تجف بين استحمامين، فتدوم شهرين.'],
    tags: ['under-100', 'gift'],
    attributes: [
      [
        ['Ingredients', 'المكوّنات'],
        ['Saponified olive and laurel oil', 'زيت زيتون وغار مصبّن'],
      ],
      [
        ['For', 'لمن'],
        ['All skins', 'كل أنواع البشرة'],
      ],
      [
        ['Contents', 'المحتويات'],
        ['3 bars', '3 قطع'],
      ],
    ],
    hs: '340111',
    origin: 'LB',
    grams: 450,
    options: ['set'],
    variants: [
      ['one', 29, 56, 0, 150],
      ['three', 75, 34],
    ],
    look: ['Three stamped soap bars tied with string', 'ثلاث قطع صابون مختومة ومربوطة بخيط'],
    views: [],
  },
]
