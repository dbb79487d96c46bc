import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBackupReport } from './backup-report.ts'

const recorded = (name: string) =>
  readFileSync(new URL(`../../fixtures/backups/${name}`, import.meta.url), 'utf8')
const json = (name: string): unknown => JSON.parse(recorded(name))
const NOW = new Date('2026-11-22T06:00:00Z')
const checked = (output: string, exitCode = 0) => ({ finishedAt: '2026-11-21T23:00:00Z', exitCode, output })
const base = {
  uai: '0990001N',
  repository: 'serveur',
  collectedAt: '2026-11-22T05:00:00Z',
  covers: ['servers'],
  plannedIntervalHours: 24,
  keptInFullDays: 7,
  remote: true,
  transport: 'ssh',
}
const restic = (over: object = {}) => ({
  ...base,
  tool: 'restic',
  documents: {
    snapshots: json('restic-snapshots.json'),
    stats: json('restic-stats-raw.json'),
    config: json('restic-cat-config.json'),
    keys: json('restic-key-list.json'),
    ...over,
  },
})
const borg = (over: object = {}, documents: object = {}) => ({
  ...base,
  tool: 'borg',
  timeZone: 'UTC',
  documents: {
    info: json('borg-info-repo.json'),
    list: json('borg-list.json'),
    archives: json('borg-info-archive.json'),
    ...documents,
  },
  ...over,
})
const read = (input: unknown) => {
  const reading = readBackupReport(input, NOW)
  if ('faults' in reading) throw new Error(JSON.stringify(reading.faults))
  return reading.report
}
const faults = (input: unknown) => {
  const reading = readBackupReport(input, NOW)
  return 'faults' in reading ? reading.faults.map(({ pointer, detail }) => `${pointer} ${detail}`) : []
}

describe('a report of restic', () => {
  it('gives one series per host and paths, the size on the medium, and its encryption', () => {
    const { facts } = read(restic())
    expect(facts?.series).toMatchObject([{ host: 'serveur-demo', label: '/srv/sauvegardes/src' }])
    expect(facts?.series[0]?.successes).toHaveLength(3)
    expect(facts).toMatchObject({ sizeBytes: 21_318, encrypted: true, check: null })
    expect(facts?.notes).toEqual([expect.stringContaining('Une seule clé')])
  })

  it('takes a check of the index for what it is, and data read back for proof', () => {
    const shallow = read(restic({ check: checked(recorded('restic-check-json-attempt.txt')) })).facts
    expect(shallow?.check).toMatchObject({ kind: 'structure', ok: true })
    expect(shallow?.notes.join()).toContain('sans « --read-data »')
    const deep = read(restic({ check: checked(recorded('restic-check-read-data.txt')) })).facts
    expect(deep?.check).toMatchObject({ kind: 'data', ok: true })
  })

  it('tells corrupted data, and never believes a text without its exit code', () => {
    const corrupt = read(restic({ check: checked(recorded('restic-check-corrupt.txt'), 1) })).facts
    expect(corrupt?.check).toMatchObject({ kind: 'data', ok: false })
    const lied = read(restic({ check: checked(recorded('restic-check-read-data.txt'), 1) })).facts
    expect(lied?.check?.ok).toBe(false)
    const locked = read(restic({ check: checked('Fatal: unable to create lock in backend', 1) })).facts
    expect(locked?.check).toBeNull()
  })

  it.each([
    ['a check that says nothing of what it found', '', 0],
    ['a command that is not there', 'sh: 1: restic: not found', 127],
    ['a check that the machine ended', 'create exclusive lock for repository\nload indexes\n', 137],
    ['a repository that its account may not read', 'Fatal: open repo/index: permission denied', 1],
    ['a disk that is full', 'Fatal: write /tmp/restic: no space left on device', 1],
  ])('takes %s for no proof, neither of errors nor of their absence', (_, output, exitCode) => {
    const { facts } = read(restic({ check: checked(output, exitCode) }))
    expect(facts?.check).toBeNull()
    expect(facts?.notes.join()).toContain('ne prouve rien')
  })

  it('reads an empty repository, which restic prints as null', () => {
    expect(read(restic({ snapshots: null })).facts?.series).toEqual([])
  })

  it('refuses a report without its snapshots, or with a date that has no zone', () => {
    expect(faults(restic({ snapshots: undefined }))).toEqual([
      expect.stringMatching(/^\/documents\/snapshots attendu : une liste/),
    ])
    const naive = [{ time: '2026-11-21T22:35:02', hostname: 'serveur', paths: ['/srv'] }]
    expect(faults(restic({ snapshots: naive }))[0]).toMatch(/^\/documents\/snapshots\/0\/time .*fuseau/)
  })
})

describe('a report of borg', () => {
  it('reads naive local times in the zone of the report', () => {
    const inParis = read(borg({ timeZone: 'Europe/Paris' })).facts?.series[0]?.successes.at(-1)
    expect(inParis).toEqual(new Date('2026-11-21T21:35:14Z'))
    const inReunion = read(borg({ timeZone: 'Indian/Reunion' })).facts?.series[0]?.successes.at(-1)
    expect(inReunion).toEqual(new Date('2026-11-21T18:35:14Z'))
    expect(faults(borg({ timeZone: undefined }))).toEqual([expect.stringMatching(/^\/timeZone borg écrit/)])
    expect(faults(borg({ timeZone: 'Europe/Nulle' }))[0]).toMatch(/^\/timeZone fuseau inconnu/)
  })

  it('names the host from the archives, and groups archives that differ by their number', () => {
    const { facts } = read(borg())
    expect(facts?.series).toMatchObject([{ host: 'poste-demo', label: 'serveur-demo' }])
    expect(facts).toMatchObject({ encrypted: true, sizeBytes: 21_808 })
  })

  it('tells a repository without encryption', () => {
    const info = json('borg-info-unencrypted.json') as { repository: { id: string } }
    const list = { ...(json('borg-list.json') as object), repository: info.repository }
    const { facts } = read(borg({}, { info, list, archives: undefined }))
    expect(facts?.encrypted).toBe(false)
    expect(facts?.notes.join()).toContain('n’est pas chiffré')
    const authenticated = { ...info, encryption: { mode: 'authenticated-blake2' } }
    expect(read(borg({}, { info: authenticated, list, archives: undefined })).facts?.encrypted).toBe(false)
  })

  it('refuses documents of two repositories, and a mode that it does not know', () => {
    const other = json('borg-info-unencrypted.json')
    expect(faults(borg({}, { info: other })).join()).toContain('autre dépôt')
    const odd = { ...(json('borg-info-repo.json') as object), encryption: { mode: 'rot13' } }
    expect(faults(borg({}, { info: odd })).join()).toMatch(/encryption\/mode mode de chiffrement inconnu/)
  })

  it('counts no archive that was interrupted', () => {
    const list = json('borg-list.json') as { archives: { name: string }[] }
    const archives = list.archives.map((one) => ({ ...one, name: `${one.name}.checkpoint` }))
    expect(read(borg({}, { list: { ...list, archives } })).facts?.series).toEqual([])
  })

  it('asks for the verification of data before it believes in them', () => {
    const deep = read(borg({}, { check: checked(recorded('borg-check-logjson.txt')) })).facts
    expect(deep?.check).toMatchObject({ kind: 'data', ok: true })
    const shallow = read(borg({}, { check: checked('') })).facts
    expect(shallow?.check).toMatchObject({ kind: 'structure', ok: true })
    expect(shallow?.notes.join()).toContain('--verify-data')
  })
})

describe('any report', () => {
  const generic = {
    ...base,
    tool: 'generic',
    documents: { runs: [{ at: '2026-11-22T01:00:00Z', success: true }], versions: 3, encrypted: true },
  }

  it('refuses an address as a name, dates of the future, and what is too old', () => {
    expect(faults({ ...generic, repository: 'sftp://compte:secret@nas/depot' })[0]).toContain(
      'pas son adresse',
    )
    expect(faults({ ...generic, collectedAt: '2026-11-22T07:00:00Z' })[0]).toContain('futur')
    expect(faults({ ...generic, collectedAt: '2026-09-22T07:00:00Z' })[0]).toContain('45 jours')
    const late = { ...generic.documents, runs: [{ at: '2026-11-22T05:30:00Z', success: true }] }
    expect(faults({ ...generic, documents: late })[0]).toContain('postérieure au relevé')
  })

  it('names each field that decides when it is missing', () => {
    const pointers = faults({ tool: 'restic' }).map((fault) => fault.split(' ')[0])
    for (const field of [
      'uai',
      'repository',
      'covers',
      'plannedIntervalHours',
      'keptInFullDays',
      'remote',
      'transport',
    ])
      expect(pointers).toContain(`/${field}`)
    expect(faults({ ...generic, documents: undefined })).toEqual([expect.stringMatching(/^\/documents /)])
  })

  it('keeps from a tool that could not read its repository only that it could not', () => {
    const { facts } = read({ ...base, tool: 'restic', unreadable: 'password' })
    expect(facts).toBeNull()
  })

  it('ignores members that it does not know', () => {
    expect(
      read({ ...generic, agent: 'x', documents: { ...generic.documents, extra: [1] } }).facts,
    ).toMatchObject({
      versions: 3,
    })
  })

  it('never throws: a reading, or at least one fault with a pointer', () => {
    const anything = fc.anything({ maxDepth: 3 })
    const input = fc.oneof(
      anything,
      fc.record({
        ...Object.fromEntries(
          Object.keys(base).map((key) => [
            key,
            fc.oneof(anything, fc.constant(base[key as keyof typeof base])),
          ]),
        ),
        tool: fc.constantFrom('restic', 'borg', 'generic'),
        timeZone: fc.constantFrom('Europe/Paris', undefined),
        documents: fc.oneof(
          anything,
          fc.record({
            snapshots: anything,
            runs: anything,
            info: anything,
            list: anything,
            check: anything,
            versions: anything,
            encrypted: anything,
          }),
        ),
      }),
    )
    fc.assert(
      fc.property(input, (value) => {
        const reading = readBackupReport(value, NOW)
        if ('faults' in reading) {
          expect(reading.faults.length).toBeGreaterThan(0)
          for (const { detail } of reading.faults) expect(detail).not.toBe('')
        }
      }),
    )
  })
})
