import { describe, expect, it } from 'vitest'
import { eventSign, localRunbook, safeLink, standingOf } from './incident-story.ts'

const incident = {
  state: 'open' as const,
  openedBy: null,
  acknowledgedBy: null,
  resolvedBy: null,
  assignee: null,
  ageSeconds: 600,
  timeToAcknowledge: null,
  timeToResolve: null,
  firingAlerts: 0,
  alertsTotal: 0,
}
const told = (changes: object) => standingOf({ ...incident, ...changes }).replaceAll('\u00a0', ' ')

describe('where an incident stands', () => {
  it('says that nobody looks after it, and whether the alert goes on', () => {
    expect(told({})).toBe('En cours depuis 10 min : personne ne s’en occupe encore.')
    expect(told({ firingAlerts: 1, alertsTotal: 2 })).toContain('L’alerte sonne toujours.')
    expect(told({ alertsTotal: 2 })).toContain('L’alerte a cessé de sonner.')
  })

  it('says who looks after it, and how soon', () =>
    expect(
      told({
        state: 'acknowledged',
        timeToAcknowledge: 90,
        acknowledgedBy: 'Ambre Essai',
        assignee: { id: '1', name: 'Lou Essai' },
      }),
    ).toBe('En cours depuis 10 min. Pris en compte en 1 min par Ambre Essai, confié à Lou Essai.'))

  it('says whether somebody or the end of the alert resolved it', () => {
    const over = { state: 'resolved', timeToResolve: 7_200 }
    expect(told({ ...over, resolvedBy: 'Lou Essai' })).toBe('Résolu en 2 h par Lou Essai.')
    expect(told({ ...over, alertsTotal: 1 })).toBe('Résolu en 2 h : l’alerte a cessé d’elle-même.')
  })
})

it('sends a browser to the web alone', () => {
  expect(safeLink('https://glpi.exemple.fr/1')).toBe('https://glpi.exemple.fr/1')
  expect(safeLink('javascript:alert(1)')).toBeNull()
  expect(safeLink(null)).toBeNull()
})

it('finds the runbooks that this site shows', () => {
  expect(localRunbook('https://vigie.exemple.fr/exploitation/alertes#otpbruteforce')).toEqual({
    href: '/exploitation/alertes#otpbruteforce',
    anchor: 'otpbruteforce',
  })
  expect(localRunbook('https://ailleurs.exemple.fr/wiki')).toBeNull()
})

it('has a sign for an event that it does not know', () => expect(eventSign('new_kind')).toMatch(/^M/))
