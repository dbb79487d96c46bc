import { describe, expect, it } from 'vitest'
import { retain, worseOf } from './retain.ts'
import type { Arbitration, Declaration, Derogation } from './retain.ts'
import type { DecidedVerdict, ObservedVerdict } from './verdict.ts'

const AT = 1_000
const VERDICTS: readonly DecidedVerdict[] = ['compliant', 'partial', 'non_compliant', 'not_applicable']

const seen = (verdict: DecidedVerdict): ObservedVerdict => ({ verdict, reason: 'Vu.', figures: [] })
const UNSEEN: ObservedVerdict = { verdict: 'unknown', unknownReason: 'stale', reason: 'Périmé.', figures: [] }
const declared = (verdict: DecidedVerdict, over: Partial<Declaration> = {}): Declaration => ({
  verdict,
  declaredAt: 0,
  expiresAt: 2_000,
  ...over,
})
const arbitrated = (verdict: DecidedVerdict, over: Partial<Arbitration> = {}): Arbitration => ({
  verdict,
  reason: 'Constaté sur place.',
  decidedAt: 500,
  expiresAt: 2_000,
  observedVerdict: 'non_compliant',
  evidenceAt: 400,
  ...over,
})
const derogation = (over: Partial<Derogation> = {}): Derogation => ({
  approvedAt: 0,
  expiresAt: 2_000,
  ...over,
})

describe('retain, without arbitration', () => {
  it('is unknown when nothing was observed nor declared', () => {
    expect(retain({ level: 'E', observed: UNSEEN, at: AT })).toEqual({
      status: 'unknown',
      counted: 'unknown',
      basis: 'none',
      reopened: false,
      derogatedUntil: null,
      fresh: false,
    })
  })

  it.each(VERDICTS)('keeps the observation alone: %s', (verdict) => {
    expect(retain({ level: 'E', observed: seen(verdict), at: AT })).toMatchObject({
      status: verdict,
      counted: verdict,
      basis: 'observed',
      fresh: true,
    })
  })

  it.each(VERDICTS)('keeps the declaration alone, marked as declared: %s', (verdict) => {
    expect(retain({ level: 'E', observed: UNSEEN, declaration: declared(verdict), at: AT })).toMatchObject({
      status: verdict,
      counted: verdict,
      basis: 'declared',
      fresh: true,
    })
  })

  const pairs = VERDICTS.flatMap((observed) =>
    VERDICTS.map((declaration) => [observed, declaration] as const),
  )

  it.each(pairs)('confronts observed %s with declared %s', (observed, declaration) => {
    const retained = retain({
      level: 'E',
      observed: seen(observed),
      declaration: declared(declaration),
      at: AT,
    })
    expect(retained).toMatchObject(
      observed === declaration
        ? { status: observed, counted: observed, basis: 'confirmed' }
        : { status: 'contradiction', counted: worseOf(observed, declaration), basis: 'contradiction' },
    )
    expect(retained.fresh).toBe(true)
  })

  it.each([
    ['compliant', 'partial', 'partial'],
    ['compliant', 'non_compliant', 'non_compliant'],
    ['partial', 'non_compliant', 'non_compliant'],
    ['compliant', 'not_applicable', 'not_applicable'],
    ['partial', 'not_applicable', 'partial'],
    ['non_compliant', 'not_applicable', 'non_compliant'],
  ] as const)('counts the worse of %s and %s: %s', (a, b, worse) => {
    expect(worseOf(a, b)).toBe(worse)
    expect(worseOf(b, a)).toBe(worse)
  })

  it('counts a declaration from its first instant to the one before its expiry', () => {
    const at = (instant: number) =>
      retain({
        level: 'E',
        observed: UNSEEN,
        declaration: declared('compliant', { declaredAt: 100, expiresAt: 200 }),
        at: instant,
      }).basis
    expect([at(99), at(100), at(199), at(200)]).toEqual(['none', 'declared', 'declared', 'none'])
  })
})

describe('retain, with an arbitration', () => {
  const contradiction = {
    level: 'E',
    observed: seen('non_compliant'),
    declaration: declared('compliant'),
  } as const

  it('settles the contradiction as decided', () => {
    expect(
      retain({ ...contradiction, evidenceAt: 400, arbitration: arbitrated('partial'), at: AT }),
    ).toMatchObject({
      status: 'partial',
      counted: 'partial',
      basis: 'arbitrated',
      reopened: false,
      fresh: true,
    })
  })

  it('holds when newer evidence says the same', () => {
    expect(
      retain({ ...contradiction, evidenceAt: 900, arbitration: arbitrated('compliant'), at: AT }).basis,
    ).toBe('arbitrated')
  })

  it('holds when the evidence goes stale or the declaration expires', () => {
    expect(
      retain({ level: 'E', observed: UNSEEN, arbitration: arbitrated('compliant'), at: AT }),
    ).toMatchObject({
      status: 'compliant',
      basis: 'arbitrated',
      reopened: false,
    })
  })

  it('is reopened by newer evidence that says something else, and the contradiction shows again', () => {
    expect(
      retain({
        ...contradiction,
        observed: seen('partial'),
        evidenceAt: 900,
        arbitration: arbitrated('compliant'),
        at: AT,
      }),
    ).toMatchObject({ status: 'contradiction', counted: 'partial', basis: 'contradiction', reopened: true })
  })

  it('is reopened visibly even when the newer evidence confirms the declaration', () => {
    expect(
      retain({
        ...contradiction,
        observed: seen('compliant'),
        evidenceAt: 900,
        arbitration: arbitrated('partial'),
        at: AT,
      }),
    ).toMatchObject({ status: 'compliant', basis: 'confirmed', reopened: true })
  })

  it('is not reopened by evidence that it already knew', () => {
    expect(
      retain({
        ...contradiction,
        observed: seen('partial'),
        evidenceAt: 400,
        arbitration: arbitrated('compliant'),
        at: AT,
      }).reopened,
    ).toBe(false)
  })

  it('is reopened by evidence of an earlier date that came after it, when it says something else', () => {
    const reopened = (observed: DecidedVerdict, receivedAt: number) =>
      retain({
        ...{ ...contradiction, observed: seen(observed), evidenceAt: 400, receivedAt },
        ...{ arbitration: arbitrated('compliant'), at: AT },
      }).reopened
    expect([reopened('partial', 501), reopened('partial', 500), reopened('non_compliant', 501)]).toEqual([
      ...[true, false, false],
    ])
  })

  it('is reopened by a first observation when it was decided without any', () => {
    expect(
      retain({
        level: 'E',
        observed: seen('partial'),
        evidenceAt: 900,
        arbitration: arbitrated('compliant', { observedVerdict: 'unknown', evidenceAt: null }),
        at: AT,
      }),
    ).toMatchObject({ status: 'partial', basis: 'observed', reopened: true })
  })

  it('does not count before its decision nor from its expiry on', () => {
    const at = (instant: number) =>
      retain({
        ...contradiction,
        evidenceAt: 400,
        arbitration: arbitrated('compliant', { decidedAt: 500, expiresAt: 600 }),
        at: instant,
      }).status
    expect([at(499), at(500), at(599), at(600)]).toEqual([
      'contradiction',
      'compliant',
      'compliant',
      'contradiction',
    ])
  })
})

describe('retain, with a derogation', () => {
  const under = (level: 'E' | 'R' | 'F', instant = AT) =>
    retain({ level, observed: seen('non_compliant'), derogation: derogation(), at: instant }).derogatedUntil

  it('covers a recommended requirement until it expires, without changing its status', () => {
    expect([under('R', -1), under('R', 0), under('R', 1_999), under('R', 2_000)]).toEqual([
      null,
      2_000,
      2_000,
      null,
    ])
    expect(
      retain({ level: 'R', observed: seen('non_compliant'), derogation: derogation(), at: AT }).status,
    ).toBe('non_compliant')
  })

  it('is ignored on required and optional requirements', () => {
    expect([under('E'), under('F')]).toEqual([null, null])
  })

  it('stays visible on an arbitrated status', () => {
    expect(
      retain({
        level: 'R',
        observed: UNSEEN,
        arbitration: arbitrated('partial'),
        derogation: derogation(),
        at: AT,
      }),
    ).toMatchObject({ basis: 'arbitrated', derogatedUntil: 2_000 })
  })
})
