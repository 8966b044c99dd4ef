import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { PICTURES } from './art/pictures.ts'

/**
 * The widths the website asks for; the height follows from the drawing (10:11, heroes 6:5). The largest is shown on
 * screens with small pixels and WebP is the fallback, so its quality may be lower: all of it lives in Git.
 */
const RENDITIONS = [
  { width: 320, avif: 50, webp: 78 },
  { width: 640, avif: 50, webp: 72 },
  { width: 1080, avif: 50, webp: 62 },
]
const MEDIA = new URL('media/', import.meta.url)

// Parts of keys choose what to draw again; `--missing` keeps what is there already.
const { positionals, values } = parseArgs({ allowPositionals: true, options: { missing: { type: 'boolean' } } })
const chosen = [...PICTURES]
  .filter(([key]) => positionals.length === 0 || positionals.some((part) => key.includes(part)))
  .filter(([key]) => !(values.missing && existsSync(new URL(`${key}/1080.webp`, MEDIA))))
for (const [at, [key, draw]] of chosen.entries()) {
  await render(key, draw())
  process.stdout.write(`${at + 1}/${chosen.length} ${key}\n`)
}

/** Drawn once at the largest width and scaled down from there, so that thin lines stay soft. */
async function render(key: string, svg: string): Promise<void> {
  const folder = new URL(`${key}/`, MEDIA)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const largest = Math.max(...RENDITIONS.map(({ width }) => width))
  const drawn = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
  const density = (72 * 1.25 * largest) / drawn
  const master = await sharp(Buffer.from(svg), { density }).resize(largest).removeAlpha().png().toBuffer()
  for (const { width, avif, webp } of RENDITIONS) {
    const scaled = await sharp(master).resize(width).raw().toBuffer({ resolveWithObject: true })
    const picture = () => sharp(scaled.data, { raw: scaled.info })
    await writeFile(new URL(`${width}.avif`, folder), await picture().avif({ quality: avif, effort: 3 }).toBuffer())
    await writeFile(new URL(`${width}.webp`, folder), await picture().webp({ quality: webp, effort: 5 }).toBuffer())
  }
}
