import { expect, it } from 'vitest'
import { readMachineForm } from './machine-form.ts'

const aForm = (fields: Record<string, string>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

it('reads what was chosen', () => {
  expect(readMachineForm(aForm({ usage: 'administratif', partage: 'non', sortie: 'oui' }))).toEqual({
    usage: 'administratif',
    shared: false,
    retired: true,
  })
})

it('forgets what is marked unknown', () => {
  expect(readMachineForm(aForm({ usage: 'inconnu', partage: 'inconnu' }))).toEqual({
    usage: null,
    shared: null,
    retired: false,
  })
})

it('leaves as they are the fields that hold anything else', () => {
  expect(readMachineForm(aForm({ usage: 'constructor', partage: '' }))).toEqual({ retired: false })
})
