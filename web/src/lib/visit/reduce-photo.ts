import { jpegName, mayBePicture, sizeToKeep } from './photo-size.ts'

const QUALITY = 0.85

export interface Photo {
  readonly name: string
  readonly content: Blob
}

/**
 * In: a file chosen on the tablet. Out: the picture upright, reduced, as a JPEG that says neither where nor with what it
 * was taken; the file itself when it is no picture, or when this browser cannot redraw it.
 */
export async function reducePhoto(file: File): Promise<Photo> {
  const original = { name: file.name, content: file }
  if (!mayBePicture(file.type) || !drawsFaithfully()) return original
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const content = await redraw(bitmap)
    bitmap.close()
    return content === null ? original : { name: jpegName(file.name), content }
  } catch {
    return original
  }
}

/** Out: null when the browser does not write JPEG. */
async function redraw(bitmap: ImageBitmap): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  const { width, height } = sizeToKeep(bitmap)
  canvas.width = width
  canvas.height = height
  const brush = canvas.getContext('2d')
  if (!brush) return null
  brush.fillStyle = '#fff'
  brush.fillRect(0, 0, width, height)
  brush.imageSmoothingQuality = 'high'
  brush.drawImage(bitmap, 0, 0, width, height)
  const written = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  return written?.type === 'image/jpeg' ? written : null
}

/** Some browsers scramble what is read back from a canvas, against tracking: a photo would be lost. */
function drawsFaithfully(): boolean {
  const canvas = document.createElement('canvas')
  canvas.width = 8
  canvas.height = 8
  const brush = canvas.getContext('2d')
  if (!brush) return false
  const colour = [40, 120, 200]
  brush.fillStyle = `rgb(${colour.join(' ')})`
  brush.fillRect(0, 0, 8, 8)
  return brush.getImageData(0, 0, 8, 8).data.every((value, at) => {
    const drawn = at % 4 === 3 ? 255 : (colour[at % 4] ?? 0)
    return Math.abs(value - drawn) <= 8
  })
}
