import type { Words } from './types.ts'

/** Makers invented for the demo; none is meant to be a real one. */
export const BRANDS: Record<string, Words> = {
  layl: ['Bait Al Layl', 'بيت الليل'],
  sandal: ['Dar Sandal', 'دار صندل'],
  raya: ['Dar Raya', 'دار راية'],
  nakhwa: ['Nakhwa', 'نخوة'],
  ghaf: ['Ghaf & Palm', 'غاف ونخل'],
  muhmas: ['Muhmas Al Wadi', 'محمص الوادي'],
  dana: ['Bait Al Dana', 'بيت الدانة'],
  siyagh: ['Siyagh Lane', 'سكة الصيّاغ'],
  nasma: ['Nasma Audio', 'نسمة للصوتيات'],
  barq: ['Barq', 'برق'],
  nahhas: ['Bait Al Nahhas', 'بيت النحّاس'],
  hasir: ['Hasir', 'حصير'],
  qareb: ['Little Qareb', 'قارب الصغار'],
  ward: ['Teen & Ward', 'طين وورد'],
  shawt: ['Shawt', 'شوط'],
  hadaya: ['Bait Al Hadaya', 'بيت الهدايا'],
}
