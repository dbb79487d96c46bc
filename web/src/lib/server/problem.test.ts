import { describe, expect, it } from 'vitest'
import { problemOf, UNREACHABLE } from './problem.ts'

const answer = (status: number, body: unknown) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })

describe('problemOf', () => {
  it('keeps the French detail and the faults of the fields', async () => {
    const body = {
      title: 'Saisie incorrecte',
      detail: 'La requête contient une valeur incorrecte.',
      errors: [{ pointer: '/login', detail: 'Saisissez votre identifiant.' }],
    }
    expect(await problemOf(answer(422, body))).toEqual({ ...body, status: 422 })
  })

  it.each(['<html>502</html>', '', 'null', { message: 'stack trace' }, { detail: 3 }])(
    'says something neutral of an unreadable body: %j',
    async (body) => {
      expect(await problemOf(answer(502, body))).toEqual({ ...UNREACHABLE, status: 502 })
    },
  )
})
