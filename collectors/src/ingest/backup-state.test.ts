import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckOutcome } from './backup-facts.ts'
import { backupEvidence } from './backup-evidence.ts'
import type { BackupReport } from './backup-report.ts'
import { suddenChange } from './backup-size.ts'
import { stateOfRepository, type RepositoryState } from './backup-state.ts'

const AT = new Date('2026-11-22T05:00:00Z')
const HOUR = 3_600_000
const ago = (hours: number) => new Date(AT.getTime() - hours * HOUR)
const nights = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => ago((from + n) * 24 + 5)).toReversed()
const NO_PARC = { servers: [], administrative: [] }

interface Lived {
  readonly successes?: readonly Date[]
  readonly host?: string
  readonly others?: readonly { host: string; successes: readonly Date[] }[]
  readonly check?: CheckOutcome | null
  readonly report?: Partial<BackupReport>
}
const reportOf = ({
  successes = nights(0, 14),
  host = 'serveur',
  others = [],
  check = null,
  report = {},
}: Lived = {}): BackupReport => ({
  uai: '0990001N',
  repository: 'serveur',
  tool: 'restic',
  collectedAt: AT,
  covers: ['servers'],
  plannedIntervalHours: 24,
  keptInFullDays: 14,
  remote: true,
  transport: 'ssh',
  centralised: undefined,
  logged: undefined,
  removableOffsite: undefined,
  machines: [],
  timeZone: undefined,
  unreadable: undefined,
  facts: {
    series: [{ host, successes }, ...others].map((one) => ({ label: '/srv', failures: [], ...one })),
    versions: null,
    sizeBytes: 1_000,
    encrypted: true,
    encryptsBeforeSending: true,
    check,
    notes: [],
  },
  ...report,
})
const stateOf = (lived: Lived = {}, earlier: RepositoryState | null = null) =>
  stateOfRepository(reportOf(lived), earlier)
const valuesOf = (
  states: readonly RepositoryState[],
  parc = NO_PARC as Parameters<typeof backupEvidence>[1],
) =>
  Object.fromEntries(
    backupEvidence(states, parc).map(({ key, value }) => [key.replace('backup.', ''), value]),
  )

describe('the state of a repository', () => {
  it('is healthy when every night was saved', () => {
    expect(stateOf()).toMatchObject({
      lastSuccessAt: ago(5),
      seenIntervalHours: 24,
      successRatio: 1,
      versions: 14,
      transportEncrypted: true,
      checkFailedAt: null,
    })
  })

  it('counts missed nights, and a second try of the same night once', () => {
    const missed = nights(0, 11).filter((_, n) => n % 2 === 0)
    expect(stateOf({ successes: missed }).successRatio).toBe(0.6)
    const retried = [...nights(1, 13), ago(6), ago(5)]
    expect(stateOf({ successes: retried }).successRatio).toBe(1)
  })

  it('keeps nights that were pruned since, as long as reports follow one another', () => {
    const pruned = { keptInFullDays: 3 }
    const first = stateOf({
      successes: [ago(60 * 24), ...nights(1, 3)],
      report: { ...pruned, collectedAt: ago(24) },
    })
    const then = stateOf({ successes: [ago(60 * 24), ...nights(0, 3)], report: pruned }, first)
    expect(then.knownSince).toEqual(first.knownSince)
    expect(then.recentRuns.filter(({ ok }) => ok)).toHaveLength(4)
    expect(then.successRatio).toBe(1)
    const silent = { ...first, collectedAt: ago(20 * 24) }
    expect(stateOf({ successes: nights(0, 3), report: pruned }, silent).knownSince).toEqual(ago(3 * 24))
  })

  it('counts every success of many machines saved each hour, and keeps a bounded number of them', () => {
    const hourly = Array.from({ length: 30 * 24 }, (_, n) => ago(n + 0.5)).toReversed()
    const others = ['a', 'b', 'c'].map((host) => ({ host, successes: hourly }))
    const report = { plannedIntervalHours: 1, keptInFullDays: 30 }
    const state = stateOf({ successes: hourly, others, report })
    expect(state.successRatio).toBe(1)
    expect(state.recentRuns).toHaveLength(1_500)
    const pruned = { ...report, keptInFullDays: 1, collectedAt: new Date(AT.getTime() + HOUR) }
    const day = [...hourly.slice(-23), new Date(AT.getTime() + HOUR / 2)]
    const next = stateOf(
      { successes: day, others: others.map((one) => ({ ...one, successes: day })), report: pruned },
      state,
    )
    expect(next.successRatio).toBeGreaterThan(0.99)
  })

  it('keeps no path of what is saved', () => {
    const label = '/home/personne-nommee'.repeat(200)
    const series = [{ label, host: 'serveur', successes: nights(0, 14), failures: [] }]
    const { facts } = reportOf()
    const state = stateOf({ report: { facts: facts && { ...facts, series } } })
    expect(state.recentRuns).toHaveLength(14)
    expect(JSON.stringify(state)).not.toContain('personne-nommee')
    expect(JSON.stringify(state.recentRuns).length).toBeLessThan(14 * 120)
  })

  it('is as late as the latest of what is saved regularly, and as poor', () => {
    const state = stateOf({
      others: [
        { host: 'messagerie', successes: nights(6, 4) },
        { host: 'essai', successes: [ago(300)] },
      ],
    })
    expect(state.lastSuccessAt).toEqual(ago(6 * 24 + 5))
    expect(state.versions).toBe(4)
    expect(state.successRatio).toBeLessThan(0.5)
    expect(state.hosts.map(({ name }) => name)).toEqual(['serveur', 'messagerie', 'essai'])
  })

  it('promises no version once a check found errors, until data were read back whole', () => {
    const failed: CheckOutcome = { kind: 'data', ok: false, at: ago(10) }
    const broken = stateOf({ check: failed })
    expect(broken).toMatchObject({ versions: 0, checkFailedAt: ago(10), dataCheckedAt: null })
    const index = stateOf({ check: { kind: 'structure', ok: true, at: ago(5) } }, broken)
    expect(index).toMatchObject({ versions: 0, checkFailedAt: ago(10) })
    const whole = stateOf({ check: { kind: 'data', ok: true, at: ago(4) } }, index)
    expect(whole).toMatchObject({ versions: 14, checkFailedAt: null, dataCheckedAt: ago(4) })
  })

  it('knows nothing of an empty repository but that nothing was saved', () => {
    expect(stateOf({ successes: [] })).toMatchObject({
      lastSuccessAt: null,
      versions: 0,
      successRatio: 0,
      hosts: [],
    })
    expect(valuesOf([stateOf({ successes: [] })])).toMatchObject({ last_success_age: 720, versions_kept: 0 })
  })

  it('never gives a ratio outside 0 to 1, nor a success in the future', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 * 24 * 60 }), { maxLength: 80 }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 0, max: 400 }),
        (minutes, plannedIntervalHours, keptInFullDays) => {
          const successes = minutes
            .map((minute) => ago(minute / 60))
            .toSorted((a, b) => a.getTime() - b.getTime())
          const state = stateOf({ successes, report: { plannedIntervalHours, keptInFullDays } })
          if (state.successRatio !== null) {
            expect(state.successRatio).toBeGreaterThanOrEqual(0)
            expect(state.successRatio).toBeLessThanOrEqual(1)
          }
          for (const { value } of backupEvidence([state], NO_PARC))
            if (typeof value === 'number') expect(value).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })
})

describe('what all repositories prove together', () => {
  it('is what the worst proves', () => {
    const nas = stateOf({
      successes: nights(3, 5),
      report: { plannedIntervalHours: 168, remote: false, transport: 'clear', logged: true },
    })
    const plain = { ...nas, encrypted: false, transportEncrypted: false }
    expect(valuesOf([stateOf(), plain])).toMatchObject({
      last_success_age: 77,
      schedule_interval: 168,
      versions_kept: 5,
      encrypted_at_rest: false,
      encrypted_in_transit: false,
    })
    expect(valuesOf([stateOf(), nas])).not.toHaveProperty('logged')
  })

  it('asks for a remote copy of each kind of data', () => {
    const local = stateOf({ report: { remote: false, covers: ['servers', 'administration'] } })
    expect(valuesOf([local, stateOf()])).toMatchObject({ remote_copy: false })
    expect(valuesOf([local, stateOf({ report: { covers: ['servers', 'administration'] } })])).toMatchObject({
      remote_copy: true,
    })
  })

  it('is dated by the newest report, and not given while a repository is silent', () => {
    const earlier = stateOf({ report: { collectedAt: ago(47) }, successes: nights(2, 5) })
    expect(backupEvidence([stateOf(), earlier], NO_PARC)[0]?.observedAt).toEqual(AT)
    const silent = { ...earlier, collectedAt: ago(49) }
    expect(backupEvidence([stateOf(), silent], NO_PARC)).toEqual([])
  })

  it('covers the machines of the parc that it names, whatever their domain', () => {
    const parc = { servers: ['SERVEUR', 'messagerie'], administrative: ['compta-1'] }
    const state = stateOf({ host: 'serveur.college.exemple.fr', report: { machines: ['COMPTA-1'] } })
    expect(valuesOf([state], parc)).toMatchObject({ server_covered: 0.5, admin_workstation_covered: 1 })
    const late = stateOf({ host: 'serveur', successes: nights(20, 5) })
    expect(valuesOf([late], parc)).toMatchObject({ server_covered: 0 })
    expect(valuesOf([state])).not.toHaveProperty('server_covered')
  })

  it('dates the data by the repository read back longest ago, and says nothing while one never was', () => {
    const read = stateOf({ check: { kind: 'data', ok: true, at: ago(48) } })
    expect(valuesOf([read])).toMatchObject({ data_verified_age: 2, check_passed: true })
    expect(valuesOf([read, stateOf()])).not.toHaveProperty('data_verified_age')
    expect(valuesOf([stateOf()])).not.toHaveProperty('check_passed')
    const broken = stateOf({ check: { kind: 'data', ok: false, at: ago(24) } })
    expect(valuesOf([broken])).toMatchObject({ data_verified_age: 1, check_passed: false })
  })

  it('says nothing without a repository', () => {
    expect(backupEvidence([], NO_PARC)).toEqual([])
  })
})

describe('a sudden change of size', () => {
  const days = (...sizes: number[]) => sizes.map((sizeBytes, n) => ({ day: `2026-11-${10 + n}`, sizeBytes }))
  it.each([
    ['steady', [100, 101, 102, 103], null],
    ['halved', [100, 101, 102, 50], 'drop'],
    ['doubled', [100, 101, 102, 202], 'growth'],
    ['too young to tell', [100, 300], null],
  ])('tells %s', (_case, sizes, kind) => {
    expect(suddenChange(days(...sizes))?.kind ?? null).toBe(kind)
  })
})
