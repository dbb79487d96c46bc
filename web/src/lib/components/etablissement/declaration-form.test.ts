import { expect, it } from 'vitest'
import { readDeclaration } from './declaration-form.ts'

const aForm = (fields: Record<string, string>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

it('reads what was chosen and typed', () => {
  expect(readDeclaration(aForm({ verdict: 'partial', commentaire: '  Charte signée. ' }))).toEqual({
    verdict: 'partial',
    comment: 'Charte signée.',
  })
})

it('keeps what was typed when the verdict is missing or invented', () => {
  expect(readDeclaration(aForm({ verdict: 'unknown', commentaire: 'Charte' }))).toEqual({
    verdict: null,
    comment: 'Charte',
  })
})
