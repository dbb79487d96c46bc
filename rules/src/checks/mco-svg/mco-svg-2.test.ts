import { describe, expect, it } from 'vitest'
import { mcoSvg2 } from './mco-svg-2.ts'

describe('MCO-SVG-2', () => {
  it.each([
    [
      'a daily schedule, kept',
      { 'backup.schedule_interval': 24, 'backup.last_success_age': 20 },
      'compliant',
      'est de 24 heures et le calendrier est tenu',
    ],
    [
      'exactly two intervals late',
      { 'backup.schedule_interval': 24, 'backup.last_success_age': 48 },
      'compliant',
      'calendrier est tenu',
    ],
    [
      'more than two intervals late',
      { 'backup.schedule_interval': 24, 'backup.last_success_age': 49 },
      'partial',
      'la dernière réussite date de 49 heures',
    ],
    [
      'just above a day',
      { 'backup.schedule_interval': 25, 'backup.last_success_age': 20 },
      'partial',
      '25 heures',
    ],
    [
      'exactly weekly',
      { 'backup.schedule_interval': 168, 'backup.last_success_age': 20 },
      'partial',
      '7 jours',
    ],
    [
      'slower than weekly',
      { 'backup.schedule_interval': 192, 'backup.last_success_age': 20 },
      'non_compliant',
      '8 jours',
    ],
    [
      'nothing planned',
      { 'backup.schedule_interval': 0, 'backup.last_success_age': 20 },
      'non_compliant',
      'Aucune sauvegarde n’est planifiée.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSvg2.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
