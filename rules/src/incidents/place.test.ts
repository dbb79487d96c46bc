import { describe, expect, it } from 'vitest'
import type { Party } from '../responsibility.ts'
import type { RequirementId } from '../requirement.ts'
import { REQUIREMENTS } from '../catalogue/index.ts'
import { dueAtOf, onTime } from './delays.ts'
import { graver, reaches, severityOf } from './incident.ts'
import { concernOf, incidentIdentity, partyOfIncident } from './place.ts'

describe('the identity of an alert', () => {
  it('tells places apart, even where their codes look alike', () => {
    const places = [
      { departement: '991', uai: null, service: null },
      { departement: null, uai: '991', service: null },
      { departement: '991', uai: null, service: 'INF-SEC' },
    ] as const
    const identities = places.map((place) => incidentIdentity('Alerte', place))
    expect(new Set(identities).size).toBe(3)
    expect(incidentIdentity('Alerte', { ...places[0] })).toBe(identities[0])
  })
})

describe('what an alert is about', () => {
  it.each([
    [{ requirement: 'INF-AUT-13' }, 'INF-AUT-13', 'INF-AUT'],
    [{ requirement: 'INF-ZZZ-1, MCO-SVG-1' }, 'MCO-SVG-1', 'MCO-SVG'],
    [{ requirement: 'MCO-SVG-1', service: 'INF-SEC' }, 'MCO-SVG-1', 'INF-SEC'],
    [{ service: 'INF-SEC' }, null, 'INF-SEC'],
    [{ service: 'web', requirement: '' }, null, null],
  ])('reads %j', (labels, requirement, service) => {
    expect(concernOf(labels as Record<string, string>)).toEqual({ requirement, service })
  })
})

describe('who must act', () => {
  const at = (about: Partial<Parameters<typeof partyOfIncident>[0]>) =>
    ({ origin: 'alert', requirement: null, service: null, degree: 'd2', ...about }) as const

  it('is the académie outside an establishment, and whom the sharing table says inside', () => {
    expect(partyOfIncident(at({ degree: null, requirement: 'MCO-SVG-1' }))).toBe('academie')
    expect(partyOfIncident(at({ requirement: 'INF-AUT-7' }))).toBe('etablissement')
    expect(partyOfIncident(at({ service: 'MCO-SVG' }))).toBe('collectivite')
    expect(partyOfIncident(at({ requirement: 'MCO-SEI-1', service: 'UTI-MSG' }))).toBe('academie')
    expect(partyOfIncident(at({ service: 'UTI-MSG' }))).toBe('academie')
    expect(partyOfIncident(at({ origin: 'report' }))).toBe('collectivite')
    expect(partyOfIncident(at({ origin: 'request' }))).toBe('academie')
  })

  it('follows the académie’s own table for a whole service', () => {
    const moved = new Map<RequirementId, Party>(
      REQUIREMENTS.filter(({ service }) => service === 'MCO-SVG').map(({ id }) => [id, 'academie']),
    )
    expect(partyOfIncident(at({ service: 'MCO-SVG' }), moved)).toBe('academie')
    expect(partyOfIncident(at({ service: 'MCO-SVG' }), new Map([['MCO-SVG-1', 'academie']]))).toBe(
      'collectivite',
    )
  })
})

describe('delays and severities', () => {
  it('is late after the delay of its severity, and undecided before', () => {
    const opened = { severity: 'critical', openedAt: 0, resolvedAt: null } as const
    const due = dueAtOf('critical', 0)
    expect(onTime(opened, due)).toBeNull()
    expect(onTime(opened, due + 1)).toBe(false)
    expect(onTime({ ...opened, resolvedAt: due }, due * 9)).toBe(true)
    expect(onTime({ ...opened, resolvedAt: due + 1 }, due * 9)).toBe(false)
  })

  it('reads a severity however it is worded, and compares them', () => {
    expect(['Critical', 'page', 'info', undefined, 'bizarre'].map(severityOf)).toEqual([
      'critical',
      'critical',
      'info',
      'warning',
      'warning',
    ])
    expect(graver('info', 'critical')).toBe('critical')
    expect(reaches('warning', 'warning')).toBe(true)
    expect(reaches('info', 'warning')).toBe(false)
  })
})
