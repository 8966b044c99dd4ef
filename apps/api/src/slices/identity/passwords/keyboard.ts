/** Rows, columns and alphabets people run their finger along; in a circle, so that `8901` follows `7`. */
const rows = [
  '0123456789',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertyuiopasdfghjklzxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
  'a1b2c3d4e5f6g7h8i9j0',
  '!@#$%^&*()_+',
  'ضصثقفغعهخحجد',
  'شسيبلاتنمكط',
  'ئءؤرلاىةوزظ',
  'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
  '٠١٢٣٤٥٦٧٨٩',
]
const mirrored = (row: string): string => Array.from(row).toReversed().join('')
const circles = [...rows, ...rows.map(mirrored)].map((row) => row + row)

/** Three in a row are no accident. */
export const MIN_RUN = 3

const isRepeat = (text: string): boolean => text === text.charAt(0).repeat(text.length)

/** Whether a text of at least three characters is a run along a keyboard or alphabet, or one character over and over. */
export const isRun = (text: string): boolean =>
  text.length >= MIN_RUN && (isRepeat(text) || circles.some((circle) => circle.includes(text)))
