import { describe, expect, it } from 'vitest'
import { keptOf, readConnectorChange, readNewConnector, refusedNumbers } from './connector-form.ts'

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

const GLPI = {
  nom: 'GLPI du rectorat',
  adresse: 'https://glpi.exemple.fr',
  gravite: 'critical',
  'jeton-personnel': 'jeton-personnel-1',
  entite: '3',
  suivre: 'oui',
}

describe('the form of a connector', () => {
  it('sends a webhook without anything of GLPI', () =>
    expect(
      readNewConnector('webhook', formOf({ nom: 'Équipe', adresse: 'https://e.exemple.fr', gravite: 'x' })),
    ).toEqual({
      kind: 'webhook',
      name: 'Équipe',
      url: 'https://e.exemple.fr',
      severity: 'warning',
      allowHttp: false,
    }))

  it('sends to GLPI what was chosen, and nothing for what was left empty', () =>
    expect(readNewConnector('glpi', formOf(GLPI))).toEqual({
      kind: 'glpi',
      name: 'GLPI du rectorat',
      url: 'https://glpi.exemple.fr',
      severity: 'critical',
      allowHttp: false,
      appToken: null,
      userToken: 'jeton-personnel-1',
      entity: 3,
      category: null,
      resolveWithTicket: true,
      solveTicket: false,
    }))

  it('keeps the tokens that are known when none is typed', () => {
    const change = readConnectorChange('glpi', formOf({ ...GLPI, 'jeton-personnel': '' }))
    expect(change).not.toHaveProperty('userToken')
    expect(change).not.toHaveProperty('appToken')
    expect(change.category).toBeNull()
  })

  it('refuses a number that is none, where it was typed', () => {
    expect(refusedNumbers(formOf(GLPI))).toBeNull()
    expect(
      refusedNumbers(formOf({ ...GLPI, categorie: 'réseau' }))?.errors?.map(({ pointer }) => pointer),
    ).toEqual(['/category'])
  })

  it('never shows a token again', () =>
    expect(JSON.stringify(keptOf(formOf(GLPI)))).not.toContain('jeton-personnel-1'))
})
