import { describe, expect, it } from 'vitest'
import { homeOf, may, navigationOf, ownEtablissement, type Me } from './account.ts'

type Grant = Me['grants'][number]

const grant = (role: Grant['role'], kind: Grant['perimeter']['kind'], code: string): Grant => ({
  role,
  roleLabel: role,
  perimeter: { kind, code, label: code },
})

const anAccount = (grants: Grant[], permissions: Me['permissions']): Me => ({
  id: '00000000-0000-4000-8000-000000000001',
  login: 'essai',
  displayName: 'Essai',
  grants,
  permissions,
  lastVisitAt: null,
  pending: null,
  hasKey: false,
})

const head = anAccount(
  [grant('chef_etablissement', 'etablissement', '0990003C')],
  ['catalogue:read', 'etablissement:read', 'aggregate:read'],
)
const rssi = anAccount([grant('rssi', 'academie', '98')], ['catalogue:read', 'aggregate:read'])
const holder = anAccount([grant('porteur', 'academie', '98')], ['catalogue:read'])

describe('homeOf', () => {
  it('leads the head of one establishment to its bulletin', () => {
    expect(homeOf(head)).toBe('/etablissements/0990003C')
  })

  it('leads who sees more to the académie', () => {
    expect(homeOf(rssi)).toBe('/academie')
  })

  it('leads who sees no figure to the help desk, to one’s own key, else to the catalogue', () => {
    expect(homeOf(anAccount([grant('assistance', 'academie', '98')], ['key:assist']))).toBe('/assistance')
    expect(homeOf(holder)).toBe('/ma-cle')
    expect(homeOf(anAccount([], ['catalogue:read']))).toBe('/catalogue')
  })
})

describe('ownEtablissement', () => {
  it('is null for a head of two establishments', () => {
    const grants = [...head.grants, grant('directeur_ecole', 'etablissement', '0990004D')]
    expect(ownEtablissement(anAccount(grants, []))).toBeNull()
  })

  it('is null for an account without any grant', () => {
    expect(ownEtablissement(anAccount([], []))).toBeNull()
  })
})

describe('navigationOf', () => {
  it('offers the acts on keys to those who do them', () => {
    const ien = anAccount([grant('ien', 'circonscription', 'C1')], ['key:read', 'key:hand_over', 'key:own'])
    const hrefs = navigationOf(ien).map(({ href }) => href)
    expect(hrefs).toEqual(expect.arrayContaining(['/remise', '/procedures']))
    expect(hrefs).not.toContain('/ma-cle')
    expect(navigationOf({ ...ien, hasKey: true }).map(({ href }) => href)).toContain('/ma-cle')
  })

  it('offers incidents to a head, the traffic and the administration to those they are for', () => {
    const hrefsOf = (...permissions: Me['permissions']) =>
      navigationOf({ ...rssi, permissions }).map(({ href }) => href)
    expect(hrefsOf('incident:read')).toEqual(['/incidents', '/glossaire'])
    expect(hrefsOf('supervision:read', 'threshold:write')).toEqual([
      '/trafic',
      '/glossaire',
      '/administration',
    ])
  })

  it('offers nothing to a stranger', () => {
    expect(navigationOf(null)).toEqual([])
    expect(may(null, 'catalogue:read')).toBe(false)
  })

  it('offers the mosaic to the RSSI and the bulletin to a head', () => {
    expect(navigationOf(rssi).map(({ href }) => href)).toContain('/academie')
    expect(navigationOf(head).map(({ href }) => href)).toEqual([
      '/etablissements/0990003C',
      '/catalogue',
      '/glossaire',
    ])
  })
})
