import { describe, expect, it } from 'vitest'
import { mcoReg6 } from './mco-reg-6.ts'

describe('MCO-REG-6', () => {
  it.each([
    [
      'an agent and its server',
      { 'regeneration.agent_server': true },
      'compliant',
      'Un agent sur le poste reçoit ses configurations d’un serveur.',
    ],
    [
      'no server',
      { 'regeneration.agent_server': false },
      'non_compliant',
      'La régénération se mène poste par poste, sans serveur de configurations.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoReg6.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
