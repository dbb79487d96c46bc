import { expect, it } from 'vitest'
import { changeFaults, readIncidentChange } from './incident-change.ts'

const SHOWN = {
  'gravite-avant': 'warning',
  'agit-avant': 'academie',
  'etablissement-avant': '0990001N',
  'exigence-avant': '',
}

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData()
  const stays = { gravite: 'warning', agit: 'academie', etablissement: '0990001N', exigence: '' }
  for (const [name, value] of Object.entries({ ...SHOWN, ...stays, ...fields })) form.set(name, value)
  return form
}

it('sends only what changed', () => {
  expect(readIncidentChange(formOf({}))).toEqual({})
  expect(readIncidentChange(formOf({ gravite: 'critical', exigence: 'inf-pdt-8' }))).toEqual({
    severity: 'critical',
    requirement: 'INF-PDT-8',
  })
})

it('unlinks what was emptied', () =>
  expect(readIncidentChange(formOf({ etablissement: '' }))).toEqual({ uai: null }))

it('leaves a choice that does not exist out', () =>
  expect(readIncidentChange(formOf({ gravite: 'fatal', agit: 'x' }))).toEqual({}))

it('refuses what is no requirement, where it was typed', () => {
  expect(changeFaults(formOf({ exigence: 'le wifi' }))?.errors?.[0]?.pointer).toBe('/requirement')
  expect(changeFaults(formOf({ exigence: 'mco-sei-3' }))).toBeNull()
})
