import {
  EVIDENCE_KEYS,
  EVIDENCE_SOURCES,
  EVIDENCE_SOURCE_IDS,
  REQUIREMENTS,
  documentaryReason,
  isAutomatic,
  sourcesOf,
  type EvidenceSourceId,
} from '@vigie/rules'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT, filesIn, read } from './project.ts'
import { requirementsDocument } from './requirements-document.ts'

/** Where each source works its keys out. */
const CODE: Readonly<Record<EvidenceSourceId, readonly string[]>> = {
  inventory: ['collectors/src/ingest/inventory-parc-evidence.ts'],
  prometheus: ['deploy/prometheus/vigie-mapping.json'],
  ldap: ['collectors/src/sources/ldap'],
  network: [
    'collectors/src/sources/access',
    'collectors/src/sources/certificates',
    'collectors/src/sources/filtering',
    'collectors/src/sources/wifi',
    'collectors/src/sources/zones',
  ],
  publication: ['collectors/src/sources/publication'],
  mail: ['collectors/src/sources/mail'],
  backups: ['collectors/src/ingest/backup-evidence.ts'],
  restore_tests: ['api/src/features/restore-tests'],
  logs: ['api/src/features/logs/log-evidence.ts'],
  own: ['api/src/features/own-evidence'],
  incidents: ['api/src/features/incidents/evidence/report-incident-evidence.ts'],
}

/** Keys that the code of a source reads without writing them. */
const READ: Partial<Record<EvidenceSourceId, readonly string[]>> = {
  incidents: ['supervision.alerting'],
  own: ['supervision.targets', 'backup.restore_test_age'],
}

const THEMES = /^(INF-AUT|MCO-JAL|MCO-SVG|MCO-PAR)-/

const textOf = (path: string): string =>
  statSync(join(ROOT, path)).isDirectory()
    ? filesIn(path, '.ts')
        .filter((file) => !file.endsWith('.test.ts'))
        .map(read)
        .join('\n')
    : read(path)

const keysIn = (source: EvidenceSourceId): readonly string[] => {
  const text = CODE[source].map(textOf).join('\n')
  const written = EVIDENCE_KEYS.filter((key) => text.includes(`'${key}'`) || text.includes(`"${key}"`))
  return written.filter((key) => !READ[source]?.includes(key))
}

describe('the document of the requirements', () => {
  it('says what the rules say (npm test -- test/architecture/requirements-document.test.ts -u writes it again)', async () => {
    expect(existsSync(join(ROOT, 'docs/exigences.md'))).toBe(true)
    await expect(requirementsDocument()).toMatchFileSnapshot('../../docs/exigences.md')
  })

  it('has a line for each of the 163 requirements and each key', () => {
    const text = requirementsDocument()
    for (const { id } of REQUIREMENTS) expect(text).toContain(`\n| ${id} | `)
    for (const key of EVIDENCE_KEYS) expect(text).toContain(`\n| \`${key}\` | `)
  })
})

describe.each(EVIDENCE_SOURCE_IDS)('the source %s', (source) => {
  it('names the keys that its code works out, all of them and no other', () => {
    expect(EVIDENCE_SOURCES[source].keys.toSorted()).toEqual(keysIn(source).toSorted())
  })
})

describe('every key', () => {
  it('has a source: one that works it out, or the API that takes any declared key', () => {
    expect(read('api/src/features/evidence/check-observations.ts')).toContain('isEvidenceKey')
    expect(read('api/src/features/evidence/routes.ts')).toContain('/v1/collect/evidence')
    for (const key of EVIDENCE_KEYS)
      for (const source of sourcesOf(key)) expect(keysIn(source)).toContain(key)
  })
})

describe('authentication, logs, backup and parc', () => {
  it('leave to declaration what only a document proves, and say why', () => {
    for (const { id } of REQUIREMENTS) {
      const explained = documentaryReason(id) !== null
      expect(explained, id).toBe(THEMES.test(id) && !isAutomatic(id))
    }
  })
})
