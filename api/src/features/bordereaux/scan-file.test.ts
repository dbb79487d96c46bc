import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mediaTypeOf, safeFileName } from './scan-file.ts'

describe('the name of a scan', () => {
  it('keeps its words and takes the extension of what it is', () => {
    expect(safeFileName('C:\\Mes documents\\Remise é.PDF', 'pdf')).toBe('Remise é.pdf')
    expect(safeFileName('../../etc/passwd', 'png')).toBe('passwd.png')
    expect(safeFileName('', 'jpg')).toBe('bordereau-signe.jpg')
  })

  it('never holds a path, a control character or too many characters, whatever a browser says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
        const name = safeFileName(given, 'pdf')
        expect(name).toMatch(/^[^\p{C}/\\<>:"|?*;%]{1,}\.pdf$/u)
        expect([...name].length).toBeLessThanOrEqual(104)
        expect(name.startsWith('.')).toBe(false)
      }),
    )
  })
})

describe('the kind of a file', () => {
  it('is told by its first bytes alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (content) => {
        const known = mediaTypeOf(content)
        if (known) expect([...content.subarray(0, known.magic.length)]).toEqual([...known.magic])
      }),
    )
  })
})
