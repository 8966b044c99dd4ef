import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { colours } from '@dhow/tokens/tokens.ts'
import sharp from 'sharp'

/** `node apps/web/scripts/draw-icons.ts` draws the app icons and the social card again from the mark; their files are committed. */
const publicFolder = fileURLToPath(new URL('../public', import.meta.url))
const { paper, gulf, saffron, 'sand-1': sky, 'sand-2': sand } = colours.light

const mark = (at: { x: number; y: number; scale: number }) =>
  `<g transform="translate(${at.x} ${at.y}) scale(${at.scale})"><path d="M26 5C15 13 9 22 8 31h18z" fill="${gulf}"/>` +
  `<path d="M29 12c6 5 9 12 10 19H29z" fill="${gulf}" opacity=".55"/><path d="M4 35h40c-3 6-8 9-14 9H17C11 44 6 41 4 35z" fill="${saffron}"/></g>`

/** `share` is how much of the square the mark fills; maskable icons lose their corners. */
function icon(size: number, share: number): Buffer {
  const scale = (size * share) / 48
  const start = (size * (1 - share)) / 2
  const ground = `<rect width="${size}" height="${size}" fill="${paper}"/>`
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${ground}${mark({ x: start, y: start, scale })}</svg>`,
  )
}

const card = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"><defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="${sky}"/>` +
    `<stop offset="1" stop-color="${sand}"/></linearGradient></defs><rect width="1200" height="630" fill="url(#g)"/>` +
    `<rect y="450" width="1200" height="180" fill="#fff" opacity=".22"/><ellipse cx="600" cy="500" rx="210" ry="20" fill="#1c1208" opacity=".14"/>${mark({ x: 384, y: 84, scale: 9 })}</svg>`,
)

const png = (svg: Buffer) => sharp(svg).png({ compressionLevel: 9, palette: true }).toBuffer()

/** An ICO holding one PNG: six bytes of header, sixteen of directory. */
function ico(image: Buffer, size: number): Buffer {
  const head = Buffer.alloc(22)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(1, 4)
  head.writeUInt8(size, 6)
  head.writeUInt8(size, 7)
  head.writeUInt16LE(1, 10)
  head.writeUInt16LE(32, 12)
  head.writeUInt32LE(image.length, 14)
  head.writeUInt32LE(head.length, 18)
  return Buffer.concat([head, image])
}

await writeFile(`${publicFolder}/icon-192.png`, await png(icon(192, 0.72)))
await writeFile(`${publicFolder}/icon-512.png`, await png(icon(512, 0.72)))
await writeFile(`${publicFolder}/icon-maskable-512.png`, await png(icon(512, 0.56)))
await writeFile(`${publicFolder}/apple-touch-icon.png`, await png(icon(180, 0.7)))
await writeFile(`${publicFolder}/favicon.ico`, ico(await png(icon(32, 0.94)), 32))
await writeFile(`${publicFolder}/social-card.png`, await png(card))
