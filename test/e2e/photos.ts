import { Buffer } from 'node:buffer'
import type { Page } from 'playwright-core'

/** An EXIF segment that says to turn the picture a quarter to the right, and where it was taken. */
function exif(): Buffer {
  const entry = (tag: number, type: number, count: number, value: number) => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16LE(tag, 0)
    bytes.writeUInt16LE(type, 2)
    bytes.writeUInt32LE(count, 4)
    bytes.writeUInt32LE(value, 8)
    return bytes
  }
  const directory = (...entries: Buffer[]) => {
    const count = Buffer.alloc(2)
    count.writeUInt16LE(entries.length)
    return Buffer.concat([count, ...entries, Buffer.alloc(4)])
  }
  const head = Buffer.from('II*\0\x08\0\0\0', 'latin1')
  const first = directory(entry(0x0112, 3, 1, 6), entry(0x8825, 4, 1, head.length + 2 + 24 + 4))
  const place = directory(entry(1, 2, 2, 'N'.charCodeAt(0)), entry(3, 2, 2, 'E'.charCodeAt(0)))
  const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), head, first, place])
  const marker = Buffer.from([0xff, 0xe1, 0, 0])
  marker.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([marker, content])
}

interface Shape {
  readonly width: number
  readonly height: number
  /** Held sideways: the left of the sensor is the top of the picture. */
  readonly turned: boolean
}

/** A JPEG that Chromium writes, red on the left and blue on the right, with what a telephone adds to it. */
export async function aPhoto(page: Page, { width, height, turned }: Shape): Promise<Buffer> {
  const written = await page.evaluate(
    async ({ width: across, height: down }) => {
      const canvas = document.createElement('canvas')
      canvas.width = across
      canvas.height = down
      const brush = canvas.getContext('2d')!
      brush.fillStyle = 'red'
      brush.fillRect(0, 0, across / 2, down)
      brush.fillStyle = 'blue'
      brush.fillRect(across / 2, 0, across / 2, down)
      return canvas.toDataURL('image/jpeg', 0.95)
    },
    { width, height },
  )
  const jpeg = Buffer.from(written.split(',')[1] ?? '', 'base64')
  return turned ? Buffer.concat([jpeg.subarray(0, 2), exif(), jpeg.subarray(2)]) : jpeg
}

/** What a person sees of a JPEG, upright, and whether it says where it was taken. */
export async function lookAt(page: Page, jpeg: Buffer) {
  const seen = await page.evaluate(
    async (bytes) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }))
      const canvas = document.createElement('canvas')
      canvas.width = bitmap.width
      canvas.height = bitmap.height
      const brush = canvas.getContext('2d')!
      brush.drawImage(bitmap, 0, 0)
      const colour = (y: number) => {
        const [red = 0, , blue = 0] = brush.getImageData(bitmap.width / 2, y, 1, 1).data
        return red > 200 && blue < 60 ? 'red' : blue > 200 && red < 60 ? 'blue' : 'other'
      }
      const { width, height } = bitmap
      return { width, height, top: colour(10), bottom: colour(height - 10) }
    },
    [...jpeg],
  )
  return { ...seen, located: jpeg.includes('Exif\0\0') }
}

/** The photos that the tablet keeps, in the order in which they were chosen. */
export async function keptPhotos(page: Page): Promise<Buffer[]> {
  const kept = await page.evaluate(async () => {
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error('not read'))
      })
    const db = await result(indexedDB.open('vigie-visites'))
    const items = (await result(db.transaction('items').objectStore('items').getAll())) as {
      photos?: { content: Blob }[]
    }[]
    db.close()
    const photos = items.flatMap(({ photos: held }) => held ?? [])
    return Promise.all(photos.map(async ({ content }) => [...new Uint8Array(await content.arrayBuffer())]))
  })
  return kept.map((bytes) => Buffer.from(bytes))
}
