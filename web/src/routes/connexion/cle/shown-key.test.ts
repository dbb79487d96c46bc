import { describe, expect, it } from 'vitest'
import { readShown, shownOf } from './shown-key.ts'

const shown = shownOf({
  secret: 'ABCD EFGH IJKL MNOP',
  qr: Array.from({ length: 21 }, (_, y) => Array.from({ length: 21 }, (_, x) => (x + y) % 3 === 0)),
})

describe('a key on screen', () => {
  it('is drawn with one square or bar for each run of dark squares', () => {
    const { path } = shownOf({
      secret: '',
      qr: [
        [true, true, false],
        [false, true, false],
        [false, false, false],
      ],
    })
    expect(path).toBe('M0 0h2v1h-2zM1 1h1v1h-1z')
  })

  it('survives a wrong code: the page gives it back', () => {
    const form = new FormData()
    form.set('cle', shown.secret)
    form.set('trace', shown.path)
    form.set('cote', String(shown.size))
    expect(readShown(form)).toEqual(shown)
  })

  it('is nothing when the page gives back something else', () => {
    const form = new FormData()
    form.set('cle', shown.secret)
    form.set('trace', '"><script>')
    form.set('cote', '21')
    expect(readShown(form)).toBeNull()
    expect(readShown(new FormData())).toBeNull()
  })
})
