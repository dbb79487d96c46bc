import { isEvidenceKey } from '@vigie/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parcEvidence, type ParcGroup } from './inventory-parc-evidence.ts'

const AT = new Date('2026-11-16T09:00:00Z')
const aGroup = (over: Partial<ParcGroup> = {}): ParcGroup => ({
  kind: 'workstation',
  usage: null,
  shared: null,
  osName: 'Debian GNU/Linux 12 (bookworm)',
  osVersion: '12.11',
  osKernel: null,
  count: 2,
  reporting30d: 2,
  categorised: 0,
  dated: 0,
  over7Years: 0,
  softwareKnown: 2,
  antivirusKnown: 0,
  antivirusActive: 0,
  antivirusUpToDate: 0,
  firewallKnown: 2,
  firewallActive: 1,
  encryptionKnown: 0,
  encrypted: 0,
  updateKnown: 0,
  updated60d: 0,
  ...over,
})
const values = (...groups: ParcGroup[]): Record<string, number> =>
  Object.fromEntries(parcEvidence(groups, AT).map(({ key, value }) => [key, value]))

describe('what a parc proves', () => {
  it('leaves out a count of which no machine says anything', () => {
    const proven = values(aGroup())
    expect(proven).toMatchObject({
      'parc.machine.count': 2,
      'parc.workstation.count': 2,
      'parc.workstation.firewall_active': 1,
      'parc.workstation.os_supported': 2,
    })
    for (const key of [
      'antivirus_active',
      'antivirus_uptodate',
      'updated_60d',
      'admin_disk_count',
      'shared_count',
    ])
      expect(proven).not.toHaveProperty([`parc.workstation.${key}`])
    expect(proven).not.toHaveProperty(['parc.machine.over_7_years'])
  })

  it('counts the silent machines as without antivirus once one machine reports it', () => {
    const windows = aGroup({
      osName: 'Microsoft Windows 11',
      count: 1,
      antivirusKnown: 1,
      antivirusActive: 1,
    })
    expect(values(aGroup(), windows)).toMatchObject({
      'parc.workstation.count': 3,
      'parc.workstation.antivirus_active': 1,
      'parc.workstation.antivirus_uptodate': 0,
    })
  })

  it('counts servers among the machines, not among the workstations', () => {
    expect(values(aGroup({ kind: 'server' }), aGroup({ kind: 'laptop', count: 5 }))).toMatchObject({
      'parc.machine.count': 7,
      'parc.workstation.count': 5,
    })
  })

  it('says nothing of the support of systems that it does not know', () => {
    expect(values(aGroup({ osName: 'Haiku' }))).not.toHaveProperty(['parc.workstation.os_supported'])
  })

  it('proves an empty parc by zeros', () => {
    expect(values()).toMatchObject({ 'parc.machine.count': 0, 'parc.workstation.antivirus_active': 0 })
  })

  it('gives only declared keys, whole counts, and no part above its whole', () => {
    const part = fc.nat(5)
    const group = fc
      .record({
        kind: fc.constantFrom('workstation', 'laptop', 'server'),
        usage: fc.constantFrom(null, 'administratif', 'pedagogique'),
        shared: fc.constantFrom(null, true, false),
        antivirusKnown: part,
        antivirusActive: part,
        firewallActive: part,
        encrypted: part,
      })
      .map((over) => aGroup({ ...over, count: 5, firewallKnown: 5, encryptionKnown: 5 }))
    fc.assert(
      fc.property(fc.array(group, { maxLength: 6 }), (groups) => {
        const observations = parcEvidence(groups, AT)
        const proven = Object.fromEntries(observations.map(({ key, value }) => [key, value]))
        for (const { key, value, observedAt } of observations) {
          expect(isEvidenceKey(key)).toBe(true)
          expect(Number.isInteger(value) && value >= 0).toBe(true)
          expect(observedAt).toBe(AT)
          expect(value).toBeLessThanOrEqual(
            proven[key.startsWith('parc.machine') ? 'parc.machine.count' : 'parc.workstation.count'] ?? -1,
          )
        }
      }),
    )
  })
})
