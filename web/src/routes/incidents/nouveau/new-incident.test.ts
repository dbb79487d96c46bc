import { expect, it } from 'vitest'
import { keptOf, readNewIncident } from './new-incident.ts'

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

const REPORT = {
  nature: 'report',
  etablissement: '0990001N',
  titre: ' Le wifi ne marche plus ',
  description: 'Depuis ce matin, au premier étage.',
  gravite: 'critical',
  service: '',
}

it('sends what was typed, about the place that was chosen', () =>
  expect(readNewIncident(formOf(REPORT))).toEqual({
    origin: 'report',
    uai: '0990001N',
    title: 'Le wifi ne marche plus',
    description: 'Depuis ce matin, au premier étage.',
    severity: 'critical',
  }))

it('speaks for the whole perimeter when no place was chosen', () =>
  expect(readNewIncident(formOf({ ...REPORT, etablissement: '', nature: 'request' }))).toMatchObject({
    origin: 'request',
    uai: null,
  }))

it('shows again what was typed', () =>
  expect(keptOf(formOf({ ...REPORT, service: 'INF-RES' }))).toMatchObject({
    title: 'Le wifi ne marche plus',
    service: 'INF-RES',
  }))
