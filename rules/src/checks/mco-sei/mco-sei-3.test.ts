import { describe, expect, it } from 'vitest'
import { mcoSei3 } from './mco-sei-3.ts'

describe('MCO-SEI-3', () => {
  it.each([
    ['every request answered', 8, 8, 'compliant', '8 demandes sur 8 (100 %) ont reçu leur réponse'],
    ['exactly the bound', 9, 10, 'compliant', '90 %'],
    ['just below the bound', 89, 100, 'partial', 'reste 11 demandes sans réponse à temps'],
    ['the lower bound', 7, 10, 'partial', '70 %'],
    ['below the lower bound', 69, 100, 'non_compliant', '69 %'],
    ['one request without answer', 0, 1, 'non_compliant', '0 demande sur 1'],
    ['no request', 0, 0, 'not_applicable', 'Aucune demande'],
  ])('decides %s', (_case, answered, due, verdict, sentence) => {
    const decided = mcoSei3.evaluate(
      { 'incident.requests_due_12m': due, 'incident.requests_answered_12m': answered },
      0,
    )
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
