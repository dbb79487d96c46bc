import { describe, expect, it } from 'vitest'
import type { Me } from './account.ts'
import { nextPlace } from './sign-in.ts'

const aMe = (pending: Me['pending']): Me => ({
  id: '00000000-0000-4000-8000-000000000000',
  login: 'personne',
  displayName: 'Personne',
  grants: [],
  permissions: [],
  lastVisitAt: null,
  pending,
  hasKey: false,
})

describe('where a sign-in leads', () => {
  it('goes where the person was going, else home', () => {
    expect(nextPlace(aMe(null), '/catalogue?level=E')).toBe('/catalogue?level=E')
    expect(nextPlace(aMe(null), '')).toBe('/catalogue')
  })

  it('asks for what is left to do first, and remembers the place', () => {
    expect(nextPlace(aMe('code'), '/catalogue?level=E')).toBe('/connexion/code?vers=%2Fcatalogue%3Flevel%3DE')
    expect(nextPlace(aMe('enrolment'), '/')).toBe('/connexion/cle')
  })

  it('never leads to another site', () => {
    expect(nextPlace(aMe(null), '//ailleurs.example')).toBe('/')
    expect(nextPlace(aMe('code'), 'https://ailleurs.example')).toBe('/connexion/code')
  })
})
