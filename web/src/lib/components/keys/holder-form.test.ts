import { describe, expect, it } from 'vitest'
import { asHolderChange, asNewHolder, NOTHING_TYPED, readHolderForm } from './holder-form.ts'

const form = (fields: Record<string, string>): FormData => {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

it('reads what was typed, trimmed, and nothing for the fields that were not sent', () =>
  expect(readHolderForm(form({ nom: '  Camille Essai ', fonction: 'ien' }))).toEqual({
    ...NOTHING_TYPED,
    nom: 'Camille Essai',
    fonction: 'ien',
  }))

describe('asNewHolder', () => {
  const filled = {
    ...NOTHING_TYPED,
    identifiant: 'cessai',
    nom: 'Camille Essai',
    uai: '0990001A',
    circonscription: '0990002B',
    departement: '991',
    commune: '99101',
    ordre: '2',
  }

  it('sends a director’s school, and nothing of a mairie', () =>
    expect(asNewHolder(filled, 'directeur_ecole')).toEqual({
      function: 'directeur_ecole',
      login: 'cessai',
      displayName: 'Camille Essai',
      uai: '0990001A',
    }))

  it('sends a mairie’s commune and rank, and no login', () =>
    expect(asNewHolder(filled, 'mairie')).toEqual({
      function: 'mairie',
      communeCode: '99101',
      orderNumber: 2,
    }))

  it('sends an inspector’s circonscription alone as a place', () =>
    expect(asNewHolder(filled, 'ien')).toMatchObject({ circonscription: '0990002B' }))
})

describe('asHolderChange', () => {
  it('clears the number and the address that were emptied', () =>
    expect(asHolderChange({ ...NOTHING_TYPED, nom: 'Camille Essai', uai: '0990001A' }, 'enseignant')).toEqual(
      {
        function: 'enseignant',
        displayName: 'Camille Essai',
        uai: '0990001A',
        callBackNumber: null,
        mail: null,
      },
    ))

  it('never moves a mairie', () =>
    expect(
      asHolderChange({ ...NOTHING_TYPED, departement: '991', telephone: '0199000000' }, 'mairie'),
    ).toEqual({
      function: 'mairie',
      callBackNumber: '0199000000',
      mail: null,
    }))
})
