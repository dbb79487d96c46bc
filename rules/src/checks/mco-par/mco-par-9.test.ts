import { describe, expect, it } from 'vitest'
import { mcoPar9 } from './mco-par-9.ts'

describe('MCO-PAR-9', () => {
  it.each([
    [
      'a scan of today',
      { 'parc.discovery.last_scan_age': 0, 'parc.discovery.unknown_devices': 12 },
      'compliant',
      'moins d’un jour : 12 équipements connectés sont absents du parc.',
    ],
    [
      'exactly the compliant bound',
      { 'parc.discovery.last_scan_age': 7, 'parc.discovery.unknown_devices': 1 },
      'compliant',
      '7 jours : 1 équipement connecté est absent du parc.',
    ],
    [
      'just above it',
      { 'parc.discovery.last_scan_age': 8, 'parc.discovery.unknown_devices': 0 },
      'partial',
      '8 jours : aucun équipement connecté n’est absent du parc.',
    ],
    [
      'exactly the partial bound',
      { 'parc.discovery.last_scan_age': 30, 'parc.discovery.unknown_devices': 5 },
      'partial',
      '30 jours',
    ],
    [
      'just above the partial bound',
      { 'parc.discovery.last_scan_age': 31, 'parc.discovery.unknown_devices': 5 },
      'non_compliant',
      '31 jours',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoPar9.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
