import { wordsOf } from './words.ts'

/**
 * Spellings and words for the same thing, both scripts, with the plurals that no rule makes. Each line is one group and works in
 * every direction. A group of more than one word (`arabic coffee`) counts when all of it was typed.
 */
const groups = `
abaya/abayah/abayas/عباية/عباءة/عبايات/عباءات
kandura/kandoora/kanduras/dishdasha/thobe/كندورة/كنادير/دشداشة/ثوب
souq/souk/سوق
oud/oudh/ood/عود
bakhoor/bukhoor/bakhour/بخور
attar/ittar/عطر/عطور/perfume/perfumes/fragrance/دهن
jalabiya/jellabiya/jalabiyas/جلابية/جلابيات
sheila/shayla/شيلة/شيل/hijab/حجاب
ghutra/shemagh/غترة/شماغ
dates/tamr/تمر/تمور
gahwa/qahwa/arabic coffee/قهوة
majlis/مجلس
ramadan/ramadhan/رمضان
eid/عيد
mobile/phone/موبايل/جوال/هاتف
laptop/لابتوب/حاسوب محمول
ac/air conditioner/مكيف
size m/وسط
ring/rings/خاتم/خواتم
necklace/necklaces/قلادة/عقد/قلائد
bracelet/bracelets/سوار/أساور
earring/earrings/قرط/أقراط/حلق
gift/gifts/present/هدية/هدايا
headphones/earphones/earbuds/سماعة/سماعات
candle/candles/شمعة/شموع
toy/toys/لعبة/ألعاب
dress/dresses/فستان/فساتين
bag/bags/حقيبة/حقائب/شنطة
cup/cups/فنجان/فناجين
shirt/tshirt/قميص/قمصان
soap/صابون
cream/كريم
lamp/lamps/مصباح/فانوس
`

type Phrase = readonly string[]
const parsed: readonly (readonly Phrase[])[] = groups
  .trim()
  .split('\n')
  .map((line) => line.split('/').map((member) => wordsOf(member)))

function indexByWord(): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>()
  for (const group of parsed) {
    const singles = group.flatMap((phrase) => (phrase.length === 1 ? phrase : []))
    for (const word of singles) index.set(word, [...(index.get(word) ?? []), ...singles])
  }
  return index
}
const byWord = indexByWord()

/** Every single word that has synonyms: typing mistakes in them are mended too. */
export const synonymWords: readonly string[] = [...byWord.keys()]

/** Words that mean the same as this one, itself left out. */
export const synonymsOf = (word: string): readonly string[] =>
  (byWord.get(word) ?? []).filter((other) => other !== word)

/** For each word of the query, what a phrase it is part of means in one word: `arabic coffee` gives قهوه to both. */
export function phraseSynonyms(words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const group of parsed) {
    const phrase = group.find((member) => member.length > 1 && ` ${words.join(' ')} `.includes(` ${member.join(' ')} `))
    if (phrase)
      for (const word of phrase)
        found.set(
          word,
          group.flatMap((member) => (member.length === 1 ? member : [])),
        )
  }
  return found
}
