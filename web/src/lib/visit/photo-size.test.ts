import { describe, expect, it } from 'vitest'
import { jpegName, mayBePicture, sizeToKeep } from './photo-size.ts'

describe('a photo of a visit', () => {
  it('is reduced to 1,920 pixels on its longest side, in its own shape', () => {
    expect(sizeToKeep({ width: 4_000, height: 3_000 })).toEqual({ width: 1_920, height: 1_440 })
    expect(sizeToKeep({ width: 3_000, height: 4_000 })).toEqual({ width: 1_440, height: 1_920 })
  })

  it('is never enlarged, nor reduced to nothing', () => {
    expect(sizeToKeep({ width: 1_920, height: 1_080 })).toEqual({ width: 1_920, height: 1_080 })
    expect(sizeToKeep({ width: 1, height: 1 })).toEqual({ width: 1, height: 1 })
    expect(sizeToKeep({ width: 60_000, height: 2 })).toEqual({ width: 1_920, height: 1 })
  })

  it('is named as what it has become', () => {
    expect(jpegName('IMG 0412.HEIC')).toBe('IMG 0412.jpg')
    expect(jpegName('baie.serveur.png')).toBe('baie.serveur.jpg')
    expect(jpegName('photo')).toBe('photo.jpg')
    expect(jpegName('.png')).toBe('photo.jpg')
  })

  it('is told from a document, even when the browser does not name its type', () => {
    expect([mayBePicture('image/heic'), mayBePicture(''), mayBePicture('application/pdf')]).toEqual([
      true,
      true,
      false,
    ])
  })
})
