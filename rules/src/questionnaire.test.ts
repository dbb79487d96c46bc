import { describe, expect, it } from 'vitest'
import { REQUIREMENTS } from './catalogue/index.ts'
import { checkFor } from './checks/index.ts'
import {
  aboutMinutes,
  LONGEST_MINUTES,
  nothingKnown,
  planQuestionnaire,
  THEMES,
  themeOf,
  type QuestionnaireStanding,
} from './questionnaire.ts'
import { SERVICE_IDS } from './requirement.ts'

const AT = Date.parse('2026-11-16T09:00:00Z')
const DAY = 86_400_000
const plan = (standings: readonly QuestionnaireStanding[], withOptional = false) =>
  planQuestionnaire(standings, { at: AT, withOptional })
const where = (
  degree: 'd1' | 'd2',
  change: (standing: QuestionnaireStanding) => Partial<QuestionnaireStanding>,
) => nothingKnown(degree).map((standing) => ({ ...standing, ...change(standing) }))

describe('the themes', () => {
  it('hold every service once', () => {
    expect(THEMES.flatMap(({ services }) => services).toSorted()).toEqual([...SERVICE_IDS].toSorted())
    for (const { id, service } of REQUIREMENTS) expect(themeOf(id).services).toContain(service)
  })
})

describe.each(['d1', 'd2'] as const)('a run at an establishment of which nothing is known (%s)', (degree) => {
  const run = plan(nothingKnown(degree))

  it('fits in thirty minutes', () => {
    expect(run.minutes).toBeLessThanOrEqual(LONGEST_MINUTES)
    expect(run.minutes).toBeGreaterThan(LONGEST_MINUTES - 1)
    expect(run.steps.reduce((sum, { minutes }) => sum + minutes, 0)).toBeCloseTo(run.minutes)
    expect(plan(nothingKnown(degree), true).minutes).toBeLessThanOrEqual(LONGEST_MINUTES)
  })

  it('asks all that is demanded and that nothing can observe, and loses nothing', () => {
    const asked = new Set(run.steps.map(({ requirement }) => requirement))
    const demanded = REQUIREMENTS.filter(({ id, levels }) => levels[degree] === 'E' && !checkFor(id))
    expect(demanded.filter(({ id }) => !asked.has(id))).toEqual([])
    const due = REQUIREMENTS.filter(({ levels }) => levels[degree] !== 'F')
    expect([...asked, ...run.postponed].toSorted()).toEqual(due.map(({ id }) => id).toSorted())
  })

  it('keeps each theme together within a level', () => {
    const places = run.steps.map(({ level, theme }) => `${level} ${theme.id}`)
    const changes = places.filter((place, index) => place !== places[index - 1])
    expect(changes).toEqual([...new Set(changes)])
    expect(run.steps.map(({ level }) => level).join('')).toMatch(/^E+R*$/)
  })
})

describe('what is asked', () => {
  it('leaves out what is observed, settled or derogated', () => {
    for (const basis of ['observed', 'confirmed', 'arbitrated', 'contradiction'] as const) {
      expect(plan(where('d1', () => ({ basis }))).steps).toEqual([])
    }
    expect(plan(where('d1', () => ({ derogated: true }))).steps).toEqual([])
    const observed = plan(
      where('d2', ({ requirement }) => (checkFor(requirement) ? { basis: 'observed' } : {})),
    )
    expect(observed.steps.some(({ requirement }) => checkFor(requirement))).toBe(false)
    expect(observed.steps.map(({ level }) => level)).toContain('R')
    expect(observed.postponed).toEqual([])
  })

  it('asks what is recommended once what is demanded is known, and what is optional only when wanted', () => {
    const known = where('d1', ({ level }) => (level === 'E' ? { basis: 'observed' } : {}))
    expect(new Set(plan(known).steps.map(({ level }) => level))).toEqual(new Set(['R']))
    expect(new Set(plan(known, true).steps.map(({ level }) => level))).toEqual(new Set(['R', 'F']))
  })

  it('offers to confirm a declaration that is old, and leaves a recent one alone', () => {
    const declared = (days: number) =>
      plan(where('d1', () => ({ basis: 'declared', declaredAt: AT - days * DAY })))
    expect(new Set(declared(200).steps.map(({ kind }) => kind))).toEqual(new Set(['confirm']))
    expect(declared(20).steps).toEqual([])
    expect(declared(20).recent.length).toBeGreaterThan(100)
  })

  it('keeps the place of what was replied, whatever became of it', () => {
    const before = plan(nothingKnown('d1'))
    const first = before.steps[0]!.requirement
    const after = plan(
      where('d1', ({ requirement }) => (requirement === first ? { basis: 'confirmed', replied: true } : {})),
    )
    expect(after.steps.map(({ requirement }) => requirement)).toEqual(
      before.steps.map(({ requirement }) => requirement),
    )
  })
})

describe('a run under way', () => {
  it('never drops what was replied, even when something more urgent comes up', () => {
    const observed = where('d1', ({ level, requirement }) =>
      level === 'E' && checkFor(requirement) ? { basis: 'observed' } : {},
    )
    const first = plan(observed).steps
    const replied = new Set(first.map(({ requirement }) => requirement))
    expect(first.map(({ level }) => level)).toContain('R')
    const silent = where('d1', ({ requirement }) => ({ replied: replied.has(requirement) }))
    const after = plan(silent)
    expect(first.filter(({ requirement }) => after.postponed.includes(requirement))).toEqual([])
    expect(after.minutes).toBeLessThanOrEqual(LONGEST_MINUTES)
  })
})

describe('the time left', () => {
  it('is told in whole minutes, never none', () => {
    expect([0, 0.25, 1, 1.25, 14].map(aboutMinutes)).toEqual([
      'environ 1 minute',
      'environ 1 minute',
      'environ 1 minute',
      'environ 2 minutes',
      'environ 14 minutes',
    ])
  })
})
