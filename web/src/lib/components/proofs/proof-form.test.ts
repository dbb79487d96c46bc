import { describe, expect, it } from 'vitest'
import { boxValue, readProofs } from './proof-form.ts'

const ID = '00000000-0000-4000-8000-000000000001'

describe('the proofs of a form', () => {
  it('are the files chosen, without the empty one that a browser sends for none', () => {
    const form = new FormData()
    form.append('fichiers', new File([], ''))
    form.append('fichiers', new File(['a'], 'a.pdf'))
    expect(readProofs(form).files.map(({ name }) => name)).toEqual(['a.pdf'])
  })

  it('are those already sent whose box is ticked, under their names', () => {
    const form = new FormData()
    form.append('preuves', boxValue({ id: ID, fileName: 'Charte/élèves 2026.pdf' }))
    form.append('preuves', 'nothing')
    expect(readProofs(form).held).toEqual([{ id: ID, fileName: 'Charte/élèves 2026.pdf' }])
  })
})
