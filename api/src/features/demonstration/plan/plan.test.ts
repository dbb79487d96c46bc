import { describeMachine, readAnnuaire, readInventory } from '@vigie/collectors'
import { CHECKS, evaluateAll, isEvidenceKey, type Evidence, type EvidenceKey } from '@vigie/rules'
import { describe, expect, it } from 'vitest'
import { checkObservations } from '../../evidence/check-observations.ts'
import { inventoryMessage } from '../inventory-message.ts'
import { listDemonstrationAccounts, planPeople } from '../people.ts'
import { annuaireLines } from './annuaire-csv.ts'
import { planEtablissements } from './etablissements.ts'
import { observationsOf } from './evidence.ts'
import { OBSERVABLE } from './evidence-values.ts'
import { SOURCES, type SourceId } from './observable.ts'
import { machinesOf } from './machines.ts'
import { PROFILES } from './profiles.ts'
import { instantOf, STEPS } from './steps.ts'

const NOW = new Date('2026-11-16T09:00:00Z')
const items = planEtablissements()

async function* bytes(): AsyncGenerator<Uint8Array> {
  for (const line of annuaireLines(items)) yield Buffer.from(line)
}

describe('the fictional académie', () => {
  it('has about 120 establishments of all types in its four départements', () => {
    expect(items.length).toBeGreaterThanOrEqual(115)
    expect(items.length).toBeLessThanOrEqual(130)
    expect(new Set(items.map(({ kind }) => kind)).size).toBe(8)
    expect(new Set(items.map(({ commune }) => commune.departement)).size).toBe(4)
    expect(items.filter(({ closedOn }) => closedOn !== null)).toHaveLength(2)
    expect(items.filter(({ mother }) => mother !== null)).toHaveLength(1)
    expect(items.some(({ prive }) => prive)).toBe(true)
    expect(new Set(items.map(({ profile }) => profile)).size).toBe(Object.keys(PROFILES).length)
  })

  it('is the same on every run', () => {
    expect(planEtablissements()).toEqual(items)
  })

  it('is an annuaire that the import accepts whole', async () => {
    const kinds: string[] = []
    for await (const line of readAnnuaire(bytes(), '2026-11-16')) kinds.push(line.kind)
    expect(kinds).toEqual(items.map(() => 'record'))
  })

  it('observes only declared keys, with values that fit them, never in the future', () => {
    for (const step of STEPS)
      for (const source of Object.keys(SOURCES) as SourceId[]) {
        const at = instantOf(step, NOW)
        expect(checkObservations(observationsOf(source, items, step, at), at).faults).toEqual([])
      }
  })

  it('improves or worsens with time, so that trends exist', () => {
    const first = observationsOf('annuaire', items, STEPS[0]!, NOW)
    const last = new Map(
      observationsOf('annuaire', items, STEPS.at(-1)!, NOW).map((o) => [`${o.uai} ${o.key}`, o.value]),
    )
    expect(
      first.some(({ uai, key, value }) => last.has(`${uai} ${key}`) && last.get(`${uai} ${key}`) !== value),
    ).toBe(true)
  })

  it('shows each requirement that its systems answer in at least two states over the schools', () => {
    const known = new Map<string, Map<EvidenceKey, Evidence>>()
    for (const step of STEPS)
      for (const source of Object.keys(SOURCES) as SourceId[])
        for (const { uai, key, value } of observationsOf(source, items, step, NOW)) {
          const evidence = known.get(uai) ?? known.set(uai, new Map()).get(uai)!
          if (isEvidenceKey(key)) evidence.set(key, { key, value, observedAt: NOW.getTime() })
        }
    const keys = new Set(OBSERVABLE.map(({ key }) => key))
    const answered = CHECKS.filter(({ needs }) => needs.every((key) => keys.has(key)))
    expect(answered.length).toBeGreaterThanOrEqual(50)
    const seen = new Map<string, Set<string>>(answered.map(({ requirement }) => [requirement, new Set()]))
    for (const evidence of known.values())
      for (const { requirement, observed } of evaluateAll({ evidence, failedKeys: new Set() }, NOW.getTime()))
        if (observed.verdict !== 'unknown') seen.get(requirement)?.add(observed.verdict)
    expect([...seen].filter(([, verdicts]) => verdicts.size < 2)).toEqual([])
  })

  it('leaves to inventories, incidents and Vigie itself what they alone can prove', () => {
    const observed = new Set(OBSERVABLE.map(({ key }) => key))
    const others = new Set(CHECKS.flatMap(({ needs }) => needs).filter((key) => !observed.has(key)))
    for (const key of others)
      expect(key).toMatch(/^(parc\.|incident\.|supervision\.(services_measured|strong_auth))/)
  })

  it('sends inventories that describe the planned machine, and another health when it is badly kept', () => {
    const machines = items.flatMap(machinesOf)
    expect(new Set(machines.map(({ uuid }) => uuid)).size).toBe(machines.length)
    for (const machine of machines) {
      const report = readInventory(inventoryMessage(machine, NOW, 0.6))
      expect(report.query).toBe('INVENTORY')
      if (report.query !== 'INVENTORY') continue
      expect(describeMachine(report.sections, report.deviceId)).toMatchObject({
        name: machine.name,
        serial: machine.serial,
        hardwareUuid: machine.uuid,
        biosDate: machine.biosDate,
        kind: machine.kind === 'server' ? 'server' : machine.laptop ? 'laptop' : 'workstation',
      })
    }
    const windows = machines.find(({ kind }) => kind === 'windows')!
    const kept = (quality: number) => {
      const report = readInventory(inventoryMessage(windows, NOW, quality))
      return report.query === 'INVENTORY' ? describeMachine(report.sections, report.deviceId) : null
    }
    expect(kept(2)).toMatchObject({ antivirusActive: true, firewallActive: true, diskEncrypted: true })
    expect(kept(-1)).toMatchObject({ antivirusActive: false, firewallActive: false, diskEncrypted: false })
  })

  it('has one account per role', () => {
    expect(new Set(planPeople().flatMap(({ grants }) => grants.map(({ role }) => role))).size).toBe(12)
    expect(listDemonstrationAccounts()).toHaveLength(12)
    expect(listDemonstrationAccounts()[0]).toMatchObject({
      login: 'rssi.demo',
      perimeterLabel: 'Académie de Valmont',
    })
  })
})
