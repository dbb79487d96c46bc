import { requirementById } from '@vigie/rules'
import { aStatus } from '@vigie/test/support/statuses.ts'
import { expect, it } from 'vitest'
import { standingOf } from './standing.ts'

const row = (requirement: string, basis: 'declared' | 'observed', reason: string) => ({
  ...aStatus('0990001N', requirement, 'partial', { basis, reason }),
  basis,
  unknownReason: null,
  reopened: false,
  derogatedUntil: null,
  staleAt: null,
  ruleVersion: null,
})

const reasonOf = (requirement: string, basis: 'declared' | 'observed', reason: string) => {
  const known = requirementById(requirement)
  if (!known) throw new Error(`no requirement ${requirement}`)
  return standingOf(known, row(requirement, basis, reason), { degree: 'd2' }, new Map()).reason
}

it('says that a requirement was declared, rather than that it waits for a declaration', () => {
  expect(reasonOf('INF-DIF-2', 'declared', 'Elle attend une déclaration.')).toBe(
    'Déclaré partiel par l’établissement.',
  )
})

it('adds what observation lacks when a check could observe the requirement', () => {
  expect(reasonOf('MCO-SVG-2', 'declared', 'La preuve est périmée.')).toBe(
    'Déclaré partiel par l’établissement. La preuve est périmée.',
  )
})

it('leaves an observed reason as it is', () => {
  expect(reasonOf('MCO-SVG-2', 'observed', 'Aucune sauvegarde n’est planifiée.')).toBe(
    'Aucune sauvegarde n’est planifiée.',
  )
})
