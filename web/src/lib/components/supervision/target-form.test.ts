import { expect, it } from 'vitest'
import { readTarget, typedTarget } from './target-form.ts'

const form = new FormData()
form.set('nature', 'http')
form.set('adresse', ' https://www.college.exemple.fr/ ')
form.set('nom', 'Le site du collège')
form.set('service', '')

it('sends what was typed, without a service when none was chosen', () => {
  expect(readTarget(form)).toEqual({
    module: 'http',
    address: 'https://www.college.exemple.fr/',
    label: 'Le site du collège',
    service: null,
  })
  expect(typedTarget(form).service).toBe('')
})
