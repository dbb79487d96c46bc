/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from 'vitest'
import { REQUIREMENTS } from '../catalogue/index.ts'
import type { Check } from '../check.ts'
import { EVIDENCE_KEYS, isEvidenceKey } from '../evidence.ts'
import { MEASURES } from '../measures.ts'
import { CHECKS, checkFor, isAutomatic, ruleVersionOf } from './index.ts'

const modules = import.meta.glob<Record<string, unknown>>('./*/*.ts')
const sources = Object.keys(modules)
const checkFiles = sources.filter((path) => !path.endsWith('.test.ts'))
const requirementOf = (path: string): string => path.replace(/^.*\/|\.ts$/g, '').toUpperCase()

/** `INF-PDT-8` → `infPdt8`. */
const exportedName = (requirement: string): string =>
  requirement
    .toLowerCase()
    .replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase())
    .replaceAll('-', '')

const texts = (check: Check): readonly string[] => [check.title, check.rule, check.remediation]

describe('the list of checks', () => {
  it('covers at least 80 requirements, each once', () => {
    const covered = new Set(CHECKS.map((check) => check.requirement))
    expect(covered.size).toBe(CHECKS.length)
    expect(covered.size).toBeGreaterThanOrEqual(80)
  })

  it('spreads over the services that machines can observe', () => {
    const services = new Set(CHECKS.map((check) => check.requirement.replace(/-\d+$/, '')))
    for (const service of ['INF-PDT', 'MCO-PAR', 'MCO-SVG', 'MCO-JAL', 'MCO-SEI', 'INF-AUT', 'INF-ANN'])
      expect(services).toContain(service)
  })

  it('holds every check file and nothing else', () => {
    expect(CHECKS.map(({ requirement }) => String(requirement)).toSorted()).toEqual(
      checkFiles.map(requirementOf).toSorted(),
    )
  })

  it('names only requirements of the catalogue', () => {
    const ids = new Set(REQUIREMENTS.map(({ id }) => id))
    expect(CHECKS.map(({ requirement }) => requirement).filter((id) => !ids.has(id))).toEqual([])
  })

  it('uses every declared evidence key, but for the measures that say why no requirement asks for them', () => {
    const used = new Set(CHECKS.flatMap(({ needs }) => needs))
    expect(EVIDENCE_KEYS.filter((key) => !used.has(key)).toSorted()).toEqual(Object.keys(MEASURES).toSorted())
    for (const why of Object.values(MEASURES)) expect(why).toMatch(/^[A-ZÀ-Ý].*\.$/)
  })

  it('tells automatic requirements from manual ones', () => {
    expect(isAutomatic('INF-PDT-8')).toBe(true)
    expect(checkFor('INF-PDT-8')?.requirement).toBe('INF-PDT-8')
    expect(isAutomatic('INF-SEC-3')).toBe(false)
    expect(checkFor('INF-SEC-3')).toBeUndefined()
  })

  it('numbers each rule from 1, and gives no version to a manual requirement', () => {
    for (const { requirement, version } of CHECKS) {
      expect(Number.isInteger(version) && version >= 1, requirement).toBe(true)
      expect(ruleVersionOf(requirement)).toBe(version)
    }
    expect(ruleVersionOf('INF-SEC-3')).toBeNull()
  })
})

describe.each(checkFiles)('the file %s', (path) => {
  const requirement = requirementOf(path)

  it('exports one check, named after its requirement, in the folder of its service', async () => {
    const exported = (await modules[path]?.()) ?? {}
    expect(Object.keys(exported)).toEqual([exportedName(requirement)])
    expect(exported[exportedName(requirement)]).toBe(
      CHECKS.find((check) => check.requirement === requirement),
    )
    expect(path).toBe(`./${requirement.toLowerCase().replace(/-\d+$/, '')}/${requirement.toLowerCase()}.ts`)
  })

  it('has its test beside it', () => {
    expect(sources).toContain(path.replace(/\.ts$/, '.test.ts'))
  })
})

describe.each(CHECKS.map((check) => [check.requirement, check] as const))('%s', (_requirement, check) => {
  it('needs declared keys, and bounds only keys that it needs', () => {
    expect(check.needs.length).toBeGreaterThan(0)
    expect(check.needs.every(isEvidenceKey)).toBe(true)
    expect(new Set(check.needs).size).toBe(check.needs.length)
    for (const pair of check.bounded ?? []) expect(check.needs).toEqual(expect.arrayContaining([...pair]))
    for (const { needs } of check.faults ?? [])
      expect(check.needs).toEqual(expect.arrayContaining([...needs]))
  })

  it('speaks typeset French: no-break spaces, curved apostrophes, a full stop', () => {
    for (const text of texts(check)) {
      expect(text).not.toMatch(/ [:;!?%»]|« |'|\u00a0\u00a0| {2}/)
      expect(text).toMatch(/^[A-ZÀ-Ý]/)
    }
    expect(check.rule).toMatch(/\.$/)
    expect(check.remediation).toMatch(/\.$/)
    expect(check.title).not.toMatch(/\.$/)
  })
})
