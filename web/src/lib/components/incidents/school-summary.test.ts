import { describe, expect, it } from 'vitest'
import { schoolSummary } from './school-summary.ts'

const row = {
  origin: 'alert' as const,
  severity: 'warning' as const,
  state: 'open' as const,
  title: 'Le site ne répond plus',
  partyLabel: 'La collectivité',
  ageSeconds: 7_200,
  late: false,
}
const told = (...rows: Partial<typeof row | Record<string, unknown>>[]) =>
  schoolSummary(rows.map((one) => ({ ...row, ...one }))).map((sentence) => sentence.replaceAll('\u00a0', ' '))

describe('what a head reads', () => {
  it('says plainly that nothing is wrong', () =>
    expect(told()).toEqual([
      'À notre connaissance, rien n’est en panne dans votre établissement.',
      'Aucune de vos demandes n’attend de réponse.',
      'Vous n’avez rien à faire.',
    ]))

  it('names the gravest of what is broken, since when, and who acts', () => {
    const [broken, , next] = told({}, { severity: 'critical', title: 'Plus de réseau', ageSeconds: 300 })
    expect(broken).toBe('2 incidents sont en cours ; le plus grave, depuis 5 min : « Plus de réseau ».')
    expect(next).toBe('C’est à la collectivité d’agir : vous êtes tenu au courant ici.')
  })

  it('says whether somebody looks after what was asked', () => {
    const request = { origin: 'request', partyLabel: 'L’académie' }
    expect(told(request)[1]).toBe(
      'Une demande attend une réponse depuis 2 h ; personne ne l’a encore prise en compte.',
    )
    expect(told(request, { ...request, state: 'acknowledged', ageSeconds: 90_000 })[1]).toBe(
      '2 demandes attendent une réponse, la plus ancienne depuis 1 j 1 h ; quelqu’un s’occupe de 1 d’entre elles.',
    )
  })

  it('names every party that must act', () =>
    expect(told({}, { partyLabel: 'L’académie' })[2]).toContain('à la collectivité et à l’académie d’agir'))

  it('says when the school itself must act, and when a delay is over', () => {
    expect(told({ partyLabel: 'L’établissement' })[2]).toBe('C’est à votre établissement d’agir.')
    expect(told({ partyLabel: 'L’établissement' }, { late: true })[2]).toBe(
      'C’est à votre établissement d’agir pour une part, à la collectivité pour le reste ; le délai prévu est dépassé.',
    )
  })
})
