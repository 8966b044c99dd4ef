import { copyFile, link, mkdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { checkPicture, inspectRenditions, MAX_PICTURE_BYTES, PictureRefused, storePicture } from './renditions.ts'
import type { ReadyPicture } from './renditions.ts'

/** What a picture named in a file turned out to be. */
export type FoundPicture =
  | { kind: 'ready'; picture: ReadyPicture }
  | { kind: 'remote'; url: string }
  | { kind: 'outside' | 'not-found' | 'not-https' }
  | { kind: 'invalid'; reason: string }

export interface PictureFolder {
  /** Where relative paths begin. Nothing outside of it is read, symbolic links included. */
  folder: string
  mediaDirectory: string
  /** Check only. */
  isDryRun: boolean
}

const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** `media/shirts/front` → `shirts-front`: readable, one segment, nothing that means something in a path. */
function keyOfFolder(relative: string): string {
  const parts = relative.split(path.sep)
  const named = parts.length > 1 && parts[0] === 'media' ? parts.slice(1) : parts
  return named
    .join('-')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 100)
}

async function placeFile(from: string, to: string): Promise<void> {
  const [source, there] = await Promise.all([stat(from), stat(to).catch(() => undefined)])
  if (there && there.ino === source.ino && there.dev === source.dev) return
  if (there && there.size === source.size && there.mtimeMs >= source.mtimeMs) return
  const beside = `${to}.new`
  await rm(beside, { force: true })
  // A hard link costs no space and no time; across file systems it cannot be made.
  await link(from, beside).catch(() => copyFile(from, beside))
  await rename(beside, to)
}

async function placeRenditions(from: string, key: string, options: PictureFolder): Promise<ReadyPicture> {
  const found = await inspectRenditions(from)
  if (options.isDryRun) return { key, ...found }
  const directory = path.join(options.mediaDirectory, key)
  await mkdir(directory, { recursive: true })
  for (const width of found.widths)
    for (const type of ['avif', 'webp'])
      await placeFile(path.join(from, `${width}.${type}`), path.join(directory, `${width}.${type}`))
  return { key, ...found }
}

async function takeFile(file: string, options: PictureFolder): Promise<ReadyPicture> {
  if ((await stat(file)).size > MAX_PICTURE_BYTES) throw new PictureRefused('larger than 10 MB')
  const bytes = await readFile(file)
  return options.isDryRun ? checkPicture(bytes) : storePicture(options.mediaDirectory, bytes)
}

/** Finds a picture by what stands in the file: a folder of ready renditions, a picture file, or an https address to fetch later. */
export async function findPicture(src: string, options: PictureFolder): Promise<FoundPicture> {
  if (/^https:\/\//i.test(src)) return { kind: 'remote', url: src }
  if (/^[a-z][a-z0-9+.-]*:/i.test(src) || src.startsWith('//')) return { kind: 'not-https' }
  if (src.includes('\0') || path.isAbsolute(src) || src.includes('\\')) return { kind: 'outside' }
  const root = await realpath(options.folder)
  const wanted = path.resolve(root, src)
  if (!wanted.startsWith(root + path.sep)) return { kind: 'outside' }
  try {
    const real = await realpath(wanted)
    if (!real.startsWith(root + path.sep)) return { kind: 'outside' }
    const isFolder = (await stat(real)).isDirectory()
    const picture = isFolder
      ? await placeRenditions(real, keyOfFolder(path.relative(root, wanted)), options)
      : await takeFile(real, options)
    return { kind: 'ready', picture }
  } catch (error) {
    if (error instanceof PictureRefused) return { kind: 'invalid', reason: error.message }
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(systemCode(error) ?? '')) return { kind: 'not-found' }
    throw error
  }
}
