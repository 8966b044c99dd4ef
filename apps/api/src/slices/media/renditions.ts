import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'

export const RENDITION_WIDTHS = [320, 640, 1080] as const
export const MAX_PICTURE_BYTES = 10 * 1024 * 1024
const MAX_PIXELS = 40_000_000
const MAX_SIDE = 10_000

/** A picture whose renditions are in place: `<MEDIA_DIR>/<key>/<width>.avif|webp`. Sizes are of the largest. */
export interface ReadyPicture {
  key: string
  width: number
  height: number
  widths: number[]
}

/** What was given is no picture we take. The message says why, for the report. */
export class PictureRefused extends Error {
  override name = 'PictureRefused'
}

/** By their first bytes: file names and content types say what the sender likes. */
function sniff(bytes: Buffer): 'jpeg' | 'png' | 'webp' | 'heif' | undefined {
  const head = bytes.toString('latin1', 0, 32)
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp'
  return head.slice(4, 8) === 'ftyp' && /avif/.test(head.slice(8)) ? 'heif' : undefined
}

const decoding = { limitInputPixels: MAX_PIXELS, failOn: 'warning', sequentialRead: true, animated: false } as const

/** Reads the header only, and refuses by it: nothing is decoded whose size is not known to be sane. */
async function checkHeader(bytes: Buffer): Promise<void> {
  if (bytes.length > MAX_PICTURE_BYTES) throw new PictureRefused('larger than 10 MB')
  const format = sniff(bytes)
  if (!format) throw new PictureRefused('not a JPEG, PNG, WebP or AVIF')
  const header = await sharp(bytes, decoding)
    .metadata()
    .catch((cause: unknown) => {
      throw new PictureRefused('the header cannot be read', { cause })
    })
  const { width, height, pages = 1 } = header
  if (header.format !== format) throw new PictureRefused('the header says something else')
  if (pages !== 1) throw new PictureRefused('more than one frame')
  if (Math.max(width, height) > MAX_SIDE || width * height > MAX_PIXELS) throw new PictureRefused('too many pixels')
}

async function writeRenditions(bytes: Buffer, directory: string): Promise<Omit<ReadyPicture, 'key'>> {
  const upright = sharp(bytes, decoding).rotate()
  const { autoOrient } = await upright.metadata()
  const fitting = RENDITION_WIDTHS.filter((width) => width <= autoOrient.width)
  const widths = fitting.length > 0 ? fitting : [RENDITION_WIDTHS[0]]
  let height = 0
  for (const width of widths) {
    // sharp writes no metadata unless told to: no EXIF, no GPS, no comments survive.
    const scaled = upright.clone().resize({ width })
    const webp = await scaled
      .clone()
      .webp({ quality: 80 })
      .toFile(path.join(directory, `${width}.webp`))
    await scaled
      .clone()
      .avif({ quality: 55, effort: 3 })
      .toFile(path.join(directory, `${width}.avif`))
    height = webp.height
  }
  return { width: widths.at(-1) ?? RENDITION_WIDTHS[0], height, widths }
}

/** What is in a folder of renditions: complete widths only. Throws PictureRefused when there is none. */
export async function inspectRenditions(directory: string): Promise<Omit<ReadyPicture, 'key'>> {
  const names = new Set(await readdir(directory))
  const widths = RENDITION_WIDTHS.filter((width) => names.has(`${width}.avif`) && names.has(`${width}.webp`))
  const largest = widths.at(-1)
  if (largest === undefined) throw new PictureRefused('no 320, 640 or 1080 in both AVIF and WebP')
  const { width, height, format } = await sharp(path.join(directory, `${largest}.webp`), decoding)
    .metadata()
    .catch((cause: unknown) => {
      throw new PictureRefused('the renditions cannot be read', { cause })
    })
  if (format !== 'webp' || width !== largest) throw new PictureRefused('the renditions are not what their names say')
  return { width, height, widths }
}

/** The same picture has the same key, whoever brings it and however often. */
export const keyOfPicture = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, 24)

/**
 * Checks a picture by its header, then re-encodes it to our renditions; the original is not kept. Nothing is done when it is
 * there already. Throws PictureRefused.
 */
export async function storePicture(mediaDirectory: string, bytes: Buffer): Promise<ReadyPicture> {
  await checkHeader(bytes)
  const key = keyOfPicture(bytes)
  const directory = path.join(mediaDirectory, key)
  const known = await inspectRenditions(directory).catch(() => undefined)
  if (known) return { key, ...known }
  // Made beside and renamed, so that a folder with a name is complete.
  const unfinished = path.join(mediaDirectory, `.${key}-${randomBytes(4).toString('hex')}`)
  await mkdir(unfinished, { recursive: true })
  try {
    const made = await writeRenditions(bytes, unfinished).catch((cause: unknown) => {
      throw new PictureRefused('the picture cannot be decoded', { cause })
    })
    await rm(directory, { recursive: true, force: true })
    await rename(unfinished, directory)
    return { key, ...made }
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/** Checks a picture as `storePicture` would and writes nothing. Throws PictureRefused. */
export async function checkPicture(bytes: Buffer): Promise<ReadyPicture> {
  await checkHeader(bytes)
  return {
    key: keyOfPicture(bytes),
    width: RENDITION_WIDTHS[0],
    height: RENDITION_WIDTHS[0],
    widths: [...RENDITION_WIDTHS],
  }
}
