import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PARTIES } from '../responsibility.ts'
import { INCIDENT_STATES } from './incident.ts'
import {
  INCIDENT_ACTIONS,
  INCIDENT_LIFE,
  allowedIncidentActions,
  incidentActors,
  refusalOfIncidentAction,
} from './life.ts'

describe('the life of an incident', () => {
  it('offers exactly the actions that it does not refuse', () => {
    for (const state of INCIDENT_STATES)
      for (const actors of [[], ['concerned'], ['handler'], ['desk']] as const) {
        const allowed = allowedIncidentActions(actors, state)
        for (const action of INCIDENT_ACTIONS)
          expect(refusalOfIncidentAction(action, actors, state) === null).toBe(allowed.includes(action))
      }
  })

  it('comes back to an end and a beginning from any state, whatever was done', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...INCIDENT_ACTIONS)), (actions) => {
        let state: (typeof INCIDENT_STATES)[number] = 'open'
        for (const action of actions)
          if (refusalOfIncidentAction(action, ['desk'], state) === null)
            state = INCIDENT_LIFE[action].to ?? state
        expect(allowedIncidentActions(['desk'], state)).toContain(state === 'resolved' ? 'reopen' : 'resolve')
      }),
    )
  })

  it('tells who asks may never do it before it tells that the state moved', () => {
    expect(refusalOfIncidentAction('assign', ['concerned'], 'resolved')).toBe('actor')
    expect(refusalOfIncidentAction('assign', ['desk'], 'resolved')).toBe('state')
  })

  it.each([
    [['rssi'], 'collectivite', ['desk', 'concerned']],
    [['assistance'], 'academie', ['desk', 'handler', 'concerned']],
    [['chef_etablissement'], 'etablissement', ['handler', 'concerned']],
    [['referent'], 'collectivite', ['concerned']],
    [['collectivite'], 'collectivite', ['handler', 'concerned']],
    [['aqssi'], 'academie', []],
    [['porteur', 'comite'], 'etablissement', []],
  ] as const)('sees in %s, when %s must act, %s', (roles, party, actors) => {
    expect(incidentActors(roles, party)).toEqual(actors)
  })

  it('leaves no party without anyone to act', () => {
    for (const party of PARTIES)
      for (const action of INCIDENT_ACTIONS) expect(INCIDENT_LIFE[action].by, party).toContain('handler')
  })
})
