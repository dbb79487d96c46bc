import { describe, expect, it } from 'vitest'
import { pressing, readHelp, type Helped } from './help-form.ts'

const formOf = (fields: Record<string, string>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

describe('readHelp', () => {
  it('asks only for what was filled in', () => {
    expect(readHelp(formOf({ action: 'unlock', rappel: 'oui', motif: ' ' })).json).toEqual({
      action: 'unlock',
      calledBack: true,
    })
  })

  it('reads codes, hours and an incident, and keeps no code', () => {
    const { json, kept } = readHelp(
      formOf({ action: 'resynchronise', code1: '123456', code2: '654321', duree: '4', incident: 'stolen' }),
    )
    expect(json).toMatchObject({ codes: ['123456', '654321'], hours: 4, incident: 'stolen' })
    expect(JSON.stringify(kept)).not.toContain('123456')
  })

  it('leaves an unknown incident out', () => {
    expect(readHelp(formOf({ action: 'replacement', incident: 'eaten' })).json).not.toHaveProperty('incident')
  })
})

describe('pressing', () => {
  const at = '2026-11-16T09:00:00.000Z'
  const helped = (change: Partial<Helped['now']>): Helped => ({
    holder: {
      id: '1',
      displayName: 'Camille Essai',
      login: 'camille.essai',
      function: 'directeur_ecole',
      functionLabel: 'Directeur d’école',
      etablissement: null,
      commune: null,
      circonscription: null,
      departement: '991',
    },
    key: {
      serial: 'E1',
      state: 'active',
      stateLabel: 'Active',
      stateSince: at,
      type: 'hotp',
      expiresOn: null,
    },
    now: {
      locked: false,
      pausedUntil: null,
      failCount: 0,
      pinSet: true,
      temporaryUntil: null,
      lastAcceptedAt: null,
      openProcedure: null,
      ...change,
    },
    actions: [],
  })

  it('is silent when the key works', () => expect(pressing(helped({}), at)).toEqual([]))

  it('forgets what is over', () => {
    const over = { pausedUntil: '2026-11-16T08:00:00.000Z', temporaryUntil: '2026-11-16T08:00:00.000Z' }
    expect(pressing(helped(over), at)).toEqual([])
  })

  it('says first that there is no key, or that it is locked', () => {
    expect(pressing({ ...helped({}), key: null }, at)).toEqual(['Aucune clé n’est à son nom.'])
    expect(pressing(helped({ locked: true, pinSet: false }), at)).toHaveLength(2)
  })
})
