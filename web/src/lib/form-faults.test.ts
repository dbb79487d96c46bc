import { expect, it } from 'vitest'
import { faultAt, problemIn } from './form-faults.ts'

const problem = {
  detail: 'La requête contient une valeur incorrecte.',
  errors: [{ pointer: '/url', detail: 'url : donnez une adresse complète.' }],
}

it('says what is wrong with a field, in words of its own', () => {
  expect(faultAt(problem, '/url')).toBe('Donnez une adresse complète.')
  expect(faultAt(problem, '/name')).toBeUndefined()
  expect(faultAt(null, '/url')).toBeUndefined()
})

it('finds a refusal in what an action answered', () => {
  expect(problemIn({ ...problem, title: 'T', typed: {} })).toEqual(problem)
  expect(problemIn({ detail: 'Non.' })).toEqual({ detail: 'Non.', errors: [] })
  expect(problemIn({ done: true })).toBeNull()
  expect(problemIn(null)).toBeNull()
})
