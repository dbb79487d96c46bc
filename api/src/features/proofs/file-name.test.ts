import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { storedNameOf } from './file-name.ts'
import { mediaTypeNamed } from './media-types.ts'

const pdf = mediaTypeNamed('application/pdf')!
const heic = mediaTypeNamed('image/heic')!

describe('the name of a proof', () => {
  it('takes the extension of its content when it has none, or one of the same family', () => {
    expect(storedNameOf('charte', pdf)).toBe('charte.pdf')
    expect(storedNameOf('charte v2.3', pdf)).toBe('charte v2.3.pdf')
    expect(storedNameOf('IMG_1.jpg', heic)).toBe('IMG_1.heic')
    expect(storedNameOf('IMG_1.HEIF', heic)).toBe('IMG_1.heif')
  })

  it('is never a path, never hidden, never longer than it may, whatever a browser says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
        let name: string
        try {
          name = storedNameOf(given, pdf)
        } catch {
          return
        }
        expect(name).toMatch(/^[^\p{C}/\\<>:"|?*;%]+\.pdf$/u)
        expect([...name].length).toBeLessThanOrEqual(104)
        expect(name.startsWith('.')).toBe(false)
      }),
    )
  })
})
