import { CHECKS, EVIDENCE_KEYS, MEASURES, REQUIREMENTS, checkFor, isEvidenceKey } from '@vigie/rules'
import { describe, expect, it } from 'vitest'
import { filesIn, read } from './project.ts'

const camel = (id: string) => id.toLowerCase().replace(/-([a-z0-9])/g, (_, c: string) => c.toUpperCase())
const checkFiles = filesIn('rules/src/checks', '.ts').filter((file) =>
  /\/[a-z]{3}-[a-z]{3}-\d+\.ts$/.test(file),
)

describe('automatic checks', () => {
  it('have one file each, named after the requirement, in the folder of its service', () => {
    const expected = CHECKS.map(({ requirement }) => {
      const id = requirement.toLowerCase()
      return `rules/src/checks/${id.replace(/-\d+$/, '')}/${id}.ts`
    })
    expect(checkFiles.toSorted()).toEqual(expected.toSorted())
  })

  it('export the identifier that their file is named after', () => {
    for (const { requirement } of CHECKS) {
      const id = requirement.toLowerCase()
      const source = read(`rules/src/checks/${id.replace(/-\d+$/, '')}/${id}.ts`)
      expect(source, requirement).toContain(`export const ${camel(requirement)} = defineCheck(`)
    }
  })

  it('have a test beside them', () => {
    const tests = new Set(filesIn('rules/src/checks', '.test.ts'))
    expect(checkFiles.filter((file) => !tests.has(file.replace(/\.ts$/, '.test.ts')))).toEqual([])
  })

  it('cover at least 80 requirements of the catalogue, each once', () => {
    const covered = CHECKS.map((check) => check.requirement)
    expect(new Set(covered).size).toBe(covered.length)
    expect(covered.filter((id) => !REQUIREMENTS.some((requirement) => requirement.id === id))).toEqual([])
    expect(covered.length).toBeGreaterThanOrEqual(80)
  })

  it('leave every other requirement manual', () => {
    const manual = REQUIREMENTS.filter((requirement) => checkFor(requirement.id) === undefined)
    expect(manual.length + CHECKS.length).toBe(REQUIREMENTS.length)
  })

  it('need only declared evidence keys', () => {
    const needed = CHECKS.flatMap((check) => check.needs as readonly string[])
    expect(needed.filter((key) => !isEvidenceKey(key))).toEqual([])
  })

  it('read every declared evidence key, save the measures that say why no requirement asks for them', () => {
    const needed = new Set(CHECKS.flatMap((check) => check.needs))
    expect(EVIDENCE_KEYS.filter((key) => !needed.has(key)).toSorted()).toEqual(
      Object.keys(MEASURES).toSorted(),
    )
  })
})
