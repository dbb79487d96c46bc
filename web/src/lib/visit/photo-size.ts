/** Longest side of a photo of a visit, in pixels: enough to read a label on a server. */
export const LONGEST_SIDE = 1_920

export interface Size {
  readonly width: number
  readonly height: number
}

/** In: the size of a picture. Out: the one to keep, same shape, at most `LONGEST_SIDE`, never larger than it was. */
export function sizeToKeep({ width, height }: Size): Size {
  const ratio = Math.min(1, LONGEST_SIDE / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * ratio)), height: Math.max(1, Math.round(height * ratio)) }
}

/** In: the name of a picture. Out: its name as a JPEG. */
export const jpegName = (name: string): string => `${name.replace(/\.[^./\\]*$/, '') || 'photo'}.jpg`

/** In: the type that the browser gives a file. Out: true when it may be a picture; a document stays as it is. */
export const mayBePicture = (type: string): boolean => type === '' || type.startsWith('image/')
