import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueOnOf, localDay, reminderOn, schoolYearEnd } from './deadlines.ts'
import { HOLDER_FUNCTIONS } from './holder.ts'
import { KEY_LIFE, type KeyState } from './life.ts'
import {
  actorTitle,
  leftoversOf,
  nextStep,
  PROCEDURE_KINDS,
  PROCEDURES,
  stepsOf,
  type ProcedureFacts,
} from './procedures.ts'

const STATES = [...new Set(Object.values(KEY_LIFE).flatMap(({ from, to }) => [...from, to]))]
const facts = (change: Partial<ProcedureFacts> = {}): ProcedureFacts => ({
  leaving: [],
  arriving: [],
  ticked: new Set(),
  convoked: false,
  ...change,
})
const nextOf = (kind: keyof typeof PROCEDURES, change: Partial<ProcedureFacts>) =>
  nextStep(kind, facts(change))?.step ?? null

describe('the five cases', () => {
  it('are five, each with steps of its own', () => {
    expect(PROCEDURE_KINDS).toEqual([
      'stand_in',
      'return_of_holder',
      'replacement',
      'departure',
      'first_appointment',
    ])
    for (const kind of PROCEDURE_KINDS) {
      const names = PROCEDURES[kind].steps.map(({ step }) => step)
      expect(new Set(names).size, kind).toBe(names.length)
      expect(names.length, kind).toBeGreaterThan(1)
    }
  })

  it('ask of a key only what its life allows to whom they name', () => {
    for (const { steps } of Object.values(PROCEDURES))
      for (const { by, transitions } of steps)
        for (const name of transitions) expect(KEY_LIFE[name].by, name).toContain(by)
  })

  it('prove a step by the very states that its transitions lead to', () => {
    for (const { steps } of Object.values(PROCEDURES))
      for (const { proof, transitions } of steps)
        for (const name of transitions) {
          const states =
            'everyLeaving' in proof ? proof.everyLeaving : 'someArriving' in proof ? proof.someArriving : []
          expect(states, name).toContain(KEY_LIFE[name].to)
        }
  })

  it('lead a stand-in from the rights to an active key', () => {
    const ticked = new Set(['rights_given'])
    expect(nextOf('stand_in', { leaving: ['active'] })).toBe('rights_given')
    expect(nextOf('stand_in', { leaving: ['active'], ticked })).toBe('holder_key_paused')
    expect(nextOf('stand_in', { leaving: ['paused'], ticked })).toBe('key_prepared')
    expect(nextOf('stand_in', { leaving: ['paused'], arriving: ['initialised'], ticked })).toBe(
      'key_handed_over',
    )
    expect(nextOf('stand_in', { leaving: ['paused'], arriving: ['handed_over'], ticked })).toBe(
      'key_activated',
    )
    expect(nextOf('stand_in', { leaving: ['paused'], arriving: ['active'], ticked })).toBeNull()
  })

  it('bring the holder back once the stand-in’s key is returned', () => {
    const ticked = new Set(['rights_removed'])
    expect(nextOf('return_of_holder', { leaving: ['active'], arriving: ['paused'], ticked })).toBe(
      'key_returned',
    )
    expect(nextOf('return_of_holder', { leaving: ['returned'], arriving: ['paused'], ticked })).toBe(
      'holder_key_resumed',
    )
    expect(nextOf('return_of_holder', { leaving: ['returned'], arriving: ['active'], ticked })).toBeNull()
  })

  it('replace a key only after it was stopped, approved and revoked', () => {
    const ticked = new Set(['approved'])
    expect(nextOf('replacement', { leaving: ['active'] })).toBe('old_key_stopped')
    expect(nextOf('replacement', { leaving: ['lost'] })).toBe('approved')
    expect(nextOf('replacement', { leaving: ['lost'], ticked })).toBe('old_key_revoked')
    expect(nextOf('replacement', { leaving: ['revoked'], ticked })).toBe('key_prepared')
    expect(nextOf('replacement', { leaving: ['revoked'], arriving: ['active'], ticked })).toBeNull()
    expect(nextOf('replacement', { leaving: ['revoked'], arriving: ['handed_over'] })).toBe('key_activated')
  })

  it('end a departure when the key is back in stock, a first appointment when the key is active', () => {
    expect(nextOf('departure', { leaving: ['active'] })).toBe('key_returned')
    expect(nextOf('departure', { leaving: ['returned'] })).toBe('key_sent_back')
    expect(nextOf('departure', { leaving: ['stock'] })).toBeNull()
    expect(nextOf('first_appointment', {})).toBe('convoked')
    expect(nextOf('first_appointment', { convoked: true })).toBe('key_prepared')
    expect(nextOf('first_appointment', { arriving: ['active'] })).toBeNull()
  })

  it('are over exactly when no step is left, whatever the states', () => {
    const anyStates = fc.array(fc.constantFrom<KeyState>(...STATES), { maxLength: 3 })
    fc.assert(
      fc.property(
        fc.constantFrom(...PROCEDURE_KINDS),
        anyStates,
        anyStates,
        fc.boolean(),
        fc.boolean(),
        (kind, anyLeaving, arriving, convoked, acted) => {
          const leaving = PROCEDURES[kind].leaving === 'nobody' ? [] : anyLeaving
          const ticked = new Set(acted ? PROCEDURES[kind].steps.map(({ step }) => step as string) : [])
          const now = facts({ leaving, arriving, convoked, ticked })
          expect(nextStep(kind, now) === null).toBe(stepsOf(kind, now).every(({ done }) => done))
          const usable = arriving.some((state) => ['active', 'paused', 'locked'].includes(state))
          if (nextStep(kind, now) === null && PROCEDURES[kind].arriving !== 'nobody')
            expect(usable).toBe(true)
          if (nextStep(kind, now) === null) expect(leaving.every((state) => state !== 'active')).toBe(true)
        },
      ),
    )
  })

  it('say what a cancellation leaves to put right', () => {
    expect(leftoversOf('stand_in', facts({ leaving: ['paused'], arriving: ['active'] }))).toHaveLength(2)
    expect(
      leftoversOf('replacement', facts({ leaving: ['stolen'], arriving: ['initialised'] })),
    ).toHaveLength(2)
    for (const kind of PROCEDURE_KINDS) expect(leftoversOf(kind, facts())).toEqual([])
  })

  it('name who acts for every kind of holder', () => {
    for (const holder of HOLDER_FUNCTIONS)
      for (const { steps } of Object.values(PROCEDURES))
        for (const { by } of steps) expect(actorTitle(by, holder)).toMatch(/^[A-Z]/)
    expect(actorTitle('superior', 'mairie')).toBe('IEN de la circonscription')
  })
})

describe('deadlines', () => {
  it.each([
    ['2026-09-01', '2027-07-07'],
    ['2026-12-31', '2027-07-07'],
    ['2027-06-10', '2027-07-07'],
    ['2027-07-20', '2027-07-07'],
    ['2027-08-31', '2027-07-07'],
  ])('gives a departure told on %s until %s', (day, due) => {
    expect(dueOnOf('departure', day)).toBe(due)
  })

  it('gives a first appointment until the session of 20 August, nothing once it is past', () => {
    expect(dueOnOf('first_appointment', '2027-06-10')).toBe('2027-08-20')
    expect(dueOnOf('first_appointment', '2027-08-20')).toBe('2027-08-20')
    expect(dueOnOf('first_appointment', '2027-10-01')).toBeNull()
    expect(dueOnOf('stand_in', '2027-06-10')).toBeNull()
  })

  it('reminds of a departure two weeks before, then once it is late', () => {
    expect(reminderOn('2027-07-07', '2027-06-22')).toBeNull()
    expect(reminderOn('2027-07-07', '2027-06-23')).toBe('before')
    expect(reminderOn('2027-07-07', '2027-07-07')).toBe('before')
    expect(reminderOn('2027-07-07', '2027-07-08')).toBe('after')
  })

  it('reads days where they are lived', () => {
    expect(localDay(new Date('2026-08-31T22:30:00Z'), 'Europe/Paris')).toBe('2026-09-01')
    expect(localDay(new Date('2026-09-01T02:30:00Z'), 'America/Martinique')).toBe('2026-08-31')
    expect(schoolYearEnd('2026-08-31')).toBe(2026)
    expect(schoolYearEnd('2026-09-01')).toBe(2027)
  })
})
