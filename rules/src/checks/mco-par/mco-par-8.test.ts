import { describe, expect, it } from 'vitest'
import { mcoPar8 } from './mco-par-8.ts'

describe('MCO-PAR-8', () => {
  it.each([
    [
      'a scan of today',
      { 'parc.discovery.last_scan_age': 0, 'parc.network_device.count': 12 },
      'compliant',
      'moins d’un jour : 12 équipements réseau découverts.',
    ],
    [
      'exactly the compliant bound',
      { 'parc.discovery.last_scan_age': 7, 'parc.network_device.count': 1 },
      'compliant',
      '7 jours : 1 équipement réseau découvert.',
    ],
    [
      'just above it',
      { 'parc.discovery.last_scan_age': 8, 'parc.network_device.count': 0 },
      'partial',
      '8 jours : aucun équipement réseau découvert.',
    ],
    [
      'exactly the partial bound',
      { 'parc.discovery.last_scan_age': 30, 'parc.network_device.count': 5 },
      'partial',
      '30 jours',
    ],
    [
      'just above the partial bound',
      { 'parc.discovery.last_scan_age': 31, 'parc.network_device.count': 5 },
      'non_compliant',
      '31 jours',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoPar8.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
