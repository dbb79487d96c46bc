import { describe, expect, it } from 'vitest'
import {
  CATALOGUE_VERSION,
  isRequirementId,
  isServiceId,
  REQUIREMENTS,
  requirementById,
  serviceById,
  SERVICES,
} from './index.ts'
import { SERVICE_IDS } from '../requirement.ts'
import type { Degree, Level, Modal } from '../requirement.ts'

const countLevels = (degree: Degree): Record<Level, number> => {
  const counts: Record<Level, number> = { E: 0, R: 0, F: 0 }
  for (const { levels } of REQUIREMENTS) counts[levels[degree]] += 1
  return counts
}

const statements = REQUIREMENTS.flatMap(({ id, statement, clauses }) => [
  { id, statement },
  ...(clauses ?? []).map((clause) => ({ id, statement: clause.statement })),
])

describe('the CARINE catalogue', () => {
  it('names the version of the framework it restates', () => {
    expect(CATALOGUE_VERSION).toBe('CARINE 1.0 (juin 2016)')
  })

  it('lists the 15 services in the order of the source', () => {
    expect(SERVICES.map(({ id }) => id)).toEqual([...SERVICE_IDS])
    for (const { id, family } of SERVICES) expect(id.startsWith(`${family}-`)).toBe(true)
  })

  it('holds the number of requirements that each table prints', () => {
    expect(Object.fromEntries(SERVICES.map(({ id, requirements }) => [id, requirements.length]))).toEqual({
      'INF-ANN': 8,
      'INF-PDT': 20,
      'INF-AUT': 13,
      'INF-SEC': 12,
      'INF-DIF': 13,
      'MCO-SVG': 13,
      'MCO-REG': 9,
      'MCO-SEI': 10,
      'MCO-JAL': 8,
      'MCO-PAR': 13,
      'UTI-ESF': 13,
      'UTI-MSG': 15,
      'UTI-CTR': 2,
      'UTI-PUB': 8,
      'UTI-REC': 6,
    })
    expect(REQUIREMENTS).toHaveLength(163)
  })

  it('numbers the requirements of a service from 1 without a hole', () => {
    for (const { id, requirements } of SERVICES) {
      expect(requirements.map((entry) => entry.id)).toEqual(
        requirements.map((_, index) => `${id}-${index + 1}`),
      )
      expect(new Set(requirements.map((entry) => entry.service))).toEqual(new Set([id]))
    }
  })

  it('counts the levels that the framework prints for each degree', () => {
    expect(countLevels('d1')).toEqual({ E: 90, R: 47, F: 26 })
    expect(countLevels('d2')).toEqual({ E: 94, R: 43, F: 26 })
  })

  it('asks more of the second degree for four requirements only', () => {
    const different = REQUIREMENTS.filter(({ levels }) => levels.d1 !== levels.d2)
    expect(different.map(({ id }) => id)).toEqual(['INF-PDT-7', 'INF-AUT-1', 'INF-AUT-10', 'UTI-ESF-1'])
    for (const { levels } of different) expect(levels).toEqual({ d1: 'R', d2: 'E' })
  })

  it('gives INF-PDT-15 a recommended clause beside its optional one, and no other requirement a clause', () => {
    const { levels, modal, clauses } = requirementById('INF-PDT-15')!
    expect({ levels, modal }).toEqual({ levels: { d1: 'F', d2: 'F' }, modal: 'PEUT' })
    expect(clauses).toMatchObject([{ modal: 'DEVRAIT', levels: { d1: 'R', d2: 'R' } }])
    expect(REQUIREMENTS.filter((entry) => entry.clauses !== undefined).map(({ id }) => id)).toEqual([
      'INF-PDT-15',
    ])
  })

  it('departs from the modal of the printed level only where the framework does', () => {
    const expected: Record<Level, readonly Modal[]> = {
      E: ['DOIT', 'NE DOIT PAS'],
      R: ['DEVRAIT'],
      F: ['PEUT'],
    }
    const departing = REQUIREMENTS.filter(({ levels, modal }) => !expected[levels.d2].includes(modal))
    expect(departing.map(({ id }) => id)).toEqual(['INF-AUT-5', 'MCO-SVG-8', 'UTI-ESF-7', 'UTI-PUB-7'])
  })

  it('forbids where the main clause of the framework forbids', () => {
    expect(REQUIREMENTS.filter(({ modal }) => modal === 'NE DOIT PAS').map(({ id }) => id)).toEqual([
      'INF-ANN-8',
      'INF-AUT-10',
      'MCO-SVG-11',
      'UTI-ESF-8',
      'UTI-MSG-8',
      'UTI-MSG-10',
    ])
  })

  it('states each requirement in one short sentence of its own', () => {
    for (const { id, statement } of statements) {
      expect(statement.length, id).toBeGreaterThan(25)
      expect(statement.length, id).toBeLessThanOrEqual(200)
      expect(statement, id).toMatch(/^\p{Lu}[^.]*\.$/u)
      expect(statement, id).not.toMatch(/['\s]$|\s{2}|'/u)
    }
    expect(new Set(statements.map(({ statement }) => statement)).size).toBe(statements.length)
  })

  it('says of each requirement its function, whom it concerns and where it comes from', () => {
    for (const { id, function: name, concerns, source } of REQUIREMENTS) {
      expect(name, id).toMatch(/^\p{Lu}/u)
      expect(concerns.length, id).toBeGreaterThan(0)
      expect(new Set(concerns).size, id).toBe(concerns.length)
      expect(source, id).toMatch(/^§3\.[234]\.[1-5], p\. \d\d$/)
    }
  })

  it('relates a requirement to other services that exist', () => {
    for (const { id, service, relatedServices } of REQUIREMENTS) {
      expect(
        relatedServices.filter((related) => !isServiceId(related) || related === service),
        id,
      ).toEqual([])
      expect(new Set(relatedServices).size, id).toBe(relatedServices.length)
    }
  })
})

describe('looking up the catalogue', () => {
  it('finds every requirement and service by the id as printed', () => {
    for (const entry of REQUIREMENTS) expect(requirementById(entry.id)).toBe(entry)
    for (const entry of SERVICES) expect(serviceById(entry.id)).toBe(entry)
  })

  it.each(['INF-PDT-0', 'INF-PDT-21', 'inf-pdt-1', 'INF-PDT-01', ' INF-PDT-1', 'INF-PDT', '', 'toString'])(
    'refuses %j as the id of a requirement',
    (text) => {
      expect(isRequirementId(text)).toBe(false)
      expect(requirementById(text)).toBeUndefined()
    },
  )

  it('tells a service id from any other text', () => {
    expect(isServiceId('UTI-CTR')).toBe(true)
    expect(isServiceId('UTI-XXX')).toBe(false)
    expect(serviceById('UTI-XXX')).toBeUndefined()
  })
})
