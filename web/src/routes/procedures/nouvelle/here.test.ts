import { expect, it } from 'vitest'
import { here, posting } from './here.ts'

const at = (query: string) => new URL(`https://vigie.example/procedures/nouvelle${query}`)

it('keeps what was chosen when a form is posted, once more after it was', () => {
  expect(posting(at(''), 'chercher')).toBe('/procedures/nouvelle?/chercher')
  expect(posting(at('?cas=departure'), 'ouvrir')).toBe('/procedures/nouvelle?cas=departure&/ouvrir')
  expect(posting(at('?cas=departure&/chercher'), 'chercher')).toBe(
    '/procedures/nouvelle?cas=departure&/chercher',
  )
})

it('goes on without the action that brought here', () => {
  expect(here(at('?cas=departure&/chercher='), { porteur: 'x' })).toBe(
    '/procedures/nouvelle?cas=departure&porteur=x',
  )
})
