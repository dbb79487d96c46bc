import { describe, expect, it } from 'vitest'
import { GLOSSARY } from './glossary.ts'

describe('the glossary', () => {
  it('lists each term once, in French alphabetical order', () => {
    const terms = GLOSSARY.map(({ term }) => term)
    expect(new Set(terms).size).toBe(terms.length)
    expect(terms).toEqual([...terms].sort(new Intl.Collator('fr').compare))
  })

  it('defines each term in one short sentence', () => {
    for (const { term, definition } of GLOSSARY) {
      expect(definition, term).toMatch(/^\p{Lu}.*\.$/u)
      expect(definition.length, term).toBeLessThanOrEqual(140)
      expect(definition, term).not.toContain("'")
    }
  })

  it('explains the acronyms that the statements use', () => {
    const terms = GLOSSARY.map(({ term }) => term).join(' ')
    for (const acronym of ['AVEC', 'BYOD', 'CGU', 'ENT', 'EPLE', 'LDAP', 'PSSI', 'SSO', 'VLAN', 'WPA'])
      expect(terms).toContain(acronym)
  })
})
