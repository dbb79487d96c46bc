import { HOLDER_FUNCTIONS, KEY_LIFE, type HolderFunction, type KeyActor } from '@vigie/rules'
import { describe, expect, it } from 'vitest'
import type { Actor, Grant } from '../../access/actor.ts'
import { ROLE_PERIMETERS, ROLES } from '../../access/roles.ts'
import { keyActors, type ConcernedHolder } from './key-actors.ts'

const PLACE = { academie: '98', departement: '991', circonscription: '0991001A', uai: '0990001A' }
const CODES: Readonly<Record<string, string>> = {
  academie: PLACE.academie,
  departement: PLACE.departement,
  circonscription: PLACE.circonscription,
  etablissement: PLACE.uai,
  collectivite: 'commune:99001',
  bassin: 'B1',
}
const FAR: Readonly<Record<string, string>> = {
  academie: '97',
  departement: '992',
  circonscription: '0991002B',
  etablissement: '0990002B',
  collectivite: 'commune:99002',
  bassin: 'B2',
}

const holding = (...grants: Grant[]): Actor => ({
  kind: 'account',
  id: 'a',
  login: 'a',
  displayName: 'A',
  grants,
})
const held = (holderFunction: HolderFunction, accountId: string | null = null): ConcernedHolder => ({
  ...PLACE,
  holderFunction,
  accountId,
})

/** What each role is to the key of each kind of holder (Montpellier 2008, chapters 2, 3 and 5). */
const EXPECTED: Readonly<Record<HolderFunction, Readonly<Record<string, readonly KeyActor[]>>>> = {
  directeur_ecole: { osp: ['manager'], ien: ['superior'], assistance: ['assistance'] },
  mairie: { osp: ['manager'], ien: ['superior'], assistance: ['assistance'] },
  ien: { osp: ['manager'], diaser: ['superior'], assistance: ['assistance'] },
  enseignant: { diaser: ['manager'], chef_etablissement: ['superior'], assistance: ['assistance'] },
  chef_etablissement: { diaser: ['manager', 'superior'], assistance: ['assistance'] },
  personnel: { diaser: ['manager', 'superior'], assistance: ['assistance'] },
  externe: { diaser: ['manager', 'superior'], assistance: ['assistance'] },
}

describe.each(HOLDER_FUNCTIONS)('to the key of %s', (holderFunction) => {
  it.each(ROLES)('%s is what the sources say, on the perimeter of the holder only', (role) => {
    for (const kind of ROLE_PERIMETERS[role]) {
      const near = holding({ role, perimeter: { kind, code: CODES[kind]! } })
      const far = holding({ role, perimeter: { kind, code: FAR[kind]! } })
      const expected = EXPECTED[holderFunction][role] ?? []
      expect(keyActors(near, PLACE, held(holderFunction)), kind).toEqual(expected)
      expect(keyActors(far, PLACE, held(holderFunction)), kind).toEqual([])
    }
  })
})

describe('keyActors', () => {
  it.each(ROLES)('%s over a key that nobody holds: only who keeps the stock, or the help desk', (role) => {
    for (const kind of ROLE_PERIMETERS[role]) {
      const actor = holding({ role, perimeter: { kind, code: CODES[kind]! } })
      const expected = { osp: ['manager'], diaser: ['manager'], assistance: ['assistance'] }
      expect(keyActors(actor, PLACE, null)).toEqual((expected as Record<string, string[]>)[role] ?? [])
    }
  })

  it('makes of one’s own key’s holder nothing but its holder, whatever the roles', () => {
    const everything = ROLES.map((role): Grant => {
      const kind = ROLE_PERIMETERS[role][0]!
      return { role, perimeter: { kind, code: CODES[kind]! } }
    })
    for (const holderFunction of HOLDER_FUNCTIONS) {
      expect(keyActors(holding(...everything), PLACE, held(holderFunction, 'a'))).toEqual(['holder'])
    }
  })

  it('gives a service account no part in the life of a key, and the machine its own', () => {
    const perimeter = { kind: 'academie', code: '98' } as const
    const service: Actor = { kind: 'service', id: 's', name: 'S', scope: 'otp:verify', perimeter }
    expect(keyActors(service, PLACE, held('mairie'))).toEqual([])
    expect(keyActors({ kind: 'anonymous' }, PLACE, held('mairie'))).toEqual([])
    expect(keyActors({ kind: 'system', id: 'job' }, PLACE, held('mairie'))).toEqual(['system'])
    expect(
      Object.entries(KEY_LIFE)
        .filter(([, { by }]) => by.includes('system'))
        .map(([name]) => name),
    ).toEqual(['lock'])
  })
})
