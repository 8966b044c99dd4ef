import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { storePicture } from './renditions.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'dhow-renditions-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const canvas = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 180, g: 120, b: 40 } } })
const store = (bytes: Buffer) => storePicture(folder, bytes)

test('a photo becomes renditions without what the camera wrote, upright, and is kept once', async () => {
  const photo = await canvas(1200, 800)
    .jpeg()
    .withExif({ IFD0: { Copyright: 'me' }, IFD3: { GPSLatitude: '25/1 12/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .toBuffer()
  const picture = await store(photo)
  expect(picture).toMatchObject({ widths: [320, 640], width: 640, height: 960 })
  const files = await readdir(path.join(folder, picture.key))
  expect(files.toSorted()).toEqual(['320.avif', '320.webp', '640.avif', '640.webp'])
  for (const file of files) {
    const { exif, icc, xmp } = await sharp(path.join(folder, picture.key, file)).metadata()
    expect({ exif, icc, xmp }).toEqual({ exif: undefined, icc: undefined, xmp: undefined })
  }
  expect(await store(photo)).toEqual(picture)
  expect(await readdir(folder)).toEqual([picture.key])
})

test('a small picture still has one width', async () => {
  expect(await store(await canvas(200, 220).png().toBuffer())).toMatchObject({ widths: [320], width: 320, height: 352 })
})

test('what hides behind a picture does not come out the other side', async () => {
  const polyglot = Buffer.concat([await canvas(400, 440).jpeg().toBuffer(), Buffer.from('<script>alert(1)</script>')])
  const { key } = await store(polyglot)
  const stored = await readFile(path.join(folder, key, '320.webp'), 'latin1')
  expect(stored).not.toContain('script')
})

/** A PNG that says it is this large, without the pixels. */
async function bomb(width: number, height: number): Promise<Buffer> {
  const png = await canvas(10, 10).png().toBuffer()
  png.writeUInt32BE(width, 16)
  png.writeUInt32BE(height, 20)
  return png
}

test('a pixel bomb is refused by its header', async () => {
  await expect(store(await bomb(65_500, 65_500))).rejects.toThrow(/header|pixels/)
  await expect(store(await canvas(10_001, 10).png().toBuffer())).rejects.toThrow('too many pixels')
})

test('what is no picture of ours is refused', async () => {
  const gif = await canvas(10, 10).gif().toBuffer()
  const other = sharp({ create: { width: 10, height: 10, channels: 3, background: 'red' } })
  const stills = [await canvas(10, 10).png().toBuffer(), await other.png().toBuffer()]
  const frames = await sharp(stills, { join: { animated: true } })
    .webp()
    .toBuffer()
  const photo = await canvas(400, 440).jpeg().toBuffer()
  await expect(store(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).rejects.toThrow('not a JPEG')
  await expect(store(gif)).rejects.toThrow('not a JPEG')
  await expect(store(Buffer.from('%PDF-1.7'))).rejects.toThrow('not a JPEG')
  await expect(store(frames)).rejects.toThrow('more than one frame')
  await expect(store(photo.subarray(0, photo.length / 2))).rejects.toThrow('cannot be decoded')
  await expect(store(Buffer.alloc(10 * 1024 * 1024 + 1))).rejects.toThrow('larger than 10 MB')
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
})
