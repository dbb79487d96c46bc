import { schema, type Database } from '@vigie/db'
import { evaluateAll as evaluateRules, REQUIREMENTS, ruleVersionOf } from '@vigie/rules'
import { aClock } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { and, asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareEvidence, recordEvidence, type ObservedValue } from '../evidence/record-evidence.ts'
import { recordFailure } from '../evidence/record-failure.ts'
import { evaluateAll, evaluateDue, evaluateEtablissements } from './evaluate-etablissements.ts'

const WORKER = { role: 'vigie_worker' } as const
const NOW = '2026-11-16T09:00:00Z'
let db: Database
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

function aSuite() {
  const clock = aClock(NOW)
  return { clock, ctx: contextOf(depsOn(db, { clock })) }
}
type Ctx = ReturnType<typeof aSuite>['ctx']

async function observe(ctx: Ctx, uai: string, observations: readonly ObservedValue[]) {
  await prepareEvidence(ctx, observations)
  await db.transact(WORKER, (tx) =>
    recordEvidence(tx, ctx, uai, observations, { source: 'sauvegarde.test', collector: 'essai' }),
  )
}
const backup = (ageHours: number, success: number, observedAt = NOW): ObservedValue[] => [
  { key: 'backup.last_success_age', value: ageHours, observedAt: new Date(observedAt) },
  { key: 'backup.success_ratio_30d', value: success, observedAt: new Date(observedAt) },
]
const statusOf = async (uai: string, requirement = 'MCO-SVG-1') =>
  (
    await db.transact(WORKER, (tx) =>
      tx
        .select()
        .from(schema.requirementStatus)
        .where(
          and(eq(schema.requirementStatus.uai, uai), eq(schema.requirementStatus.requirement, requirement)),
        ),
    )
  )[0]
const changesOf = (uai: string, requirement = 'MCO-SVG-1') =>
  db.transact(WORKER, (tx) =>
    tx
      .select()
      .from(schema.statusChange)
      .where(and(eq(schema.statusChange.uai, uai), eq(schema.statusChange.requirement, requirement)))
      .orderBy(asc(schema.statusChange.id)),
  )
const dueOf = async (uai: string) =>
  (
    await db.transact(WORKER, (tx) =>
      tx.select().from(schema.evaluationDue).where(eq(schema.evaluationDue.uai, uai)),
    )
  )[0]?.dueAt
const scoreOf = async (uai: string) =>
  (
    await db.transact(WORKER, (tx) =>
      tx.select().from(schema.etablissementScore).where(eq(schema.etablissementScore.uai, uai)),
    )
  )[0]

describe('evaluateEtablissements', () => {
  it('writes the verdict with its reason and figures, and the instant at which it will be stale', async () => {
    const { ctx } = aSuite()
    const uai = await anEtablissement().insert(db)
    await observe(ctx, uai, backup(5, 0.97))
    expect(await evaluateEtablissements(ctx, [uai])).toMatchObject({ etablissements: 1 })
    const row = await statusOf(uai)
    expect(row).toMatchObject({
      service: 'MCO-SVG',
      verdict: 'compliant',
      status: 'compliant',
      counted: 'compliant',
      basis: 'observed',
      unknownReason: null,
      staleAt: new Date('2026-11-19T09:00:00Z'),
      since: new Date(NOW),
    })
    expect(row?.reason).toContain('5')
    expect(row?.figures).toHaveLength(2)
    expect(row?.ruleVersion).toBe(ruleVersionOf('MCO-SVG-1'))
    expect(await dueOf(uai)).toEqual(new Date('2026-11-19T09:00:00Z'))
  })

  it('keeps no row for a requirement of which nothing is known, and says why when one proof of two is missing', async () => {
    const { ctx } = aSuite()
    const uai = await anEtablissement().insert(db)
    await observe(ctx, uai, backup(5, 0.97).slice(0, 1))
    await evaluateEtablissements(ctx, [uai])
    expect(await statusOf(uai, 'INF-PDT-8')).toBeUndefined()
    expect(await statusOf(uai)).toMatchObject({ verdict: 'unknown', unknownReason: 'never_observed' })
    expect(await changesOf(uai)).toEqual([])
  })

  it('goes stale when the freshness has passed, keeps the history, then recovers', async () => {
    const { ctx, clock } = aSuite()
    const uai = await anEtablissement().insert(db)
    await observe(ctx, uai, backup(5, 0.97))
    await evaluateEtablissements(ctx, [uai])
    clock.set('2026-11-20T09:00:00Z')
    await evaluateDue(ctx)
    expect(await statusOf(uai)).toMatchObject({
      verdict: 'unknown',
      unknownReason: 'stale',
      status: 'unknown',
      since: new Date('2026-11-20T09:00:00Z'),
      staleAt: null,
    })
    await observe(ctx, uai, backup(400, 0.97, '2026-11-20T09:00:00Z'))
    await evaluateDue(ctx)
    expect((await changesOf(uai)).map(({ fromStatus, toStatus }) => [fromStatus, toStatus])).toEqual([
      [null, 'compliant'],
      ['compliant', 'unknown'],
      ['unknown', 'non_compliant'],
    ])
  })

  it('keeps with each move what counted, on what basis and under which version of the rule', async () => {
    const { ctx } = aSuite()
    const uai = await anEtablissement().insert(db)
    await observe(ctx, uai, backup(5, 0.97))
    await evaluateEtablissements(ctx, [uai])
    expect(await changesOf(uai)).toMatchObject([
      { counted: 'compliant', basis: 'observed', ruleVersion: ruleVersionOf('MCO-SVG-1') },
    ])
  })

  it('notes a new version of the rule on the status, without a move when nothing else changes', async () => {
    const { ctx } = aSuite()
    const uai = await anEtablissement().insert(db)
    await observe(ctx, uai, backup(5, 0.97))
    await evaluateEtablissements(ctx, [uai])
    const before = await statusOf(uai)
    await db.transact(WORKER, (tx) =>
      tx
        .update(schema.requirementStatus)
        .set({ ruleVersion: 0 })
        .where(eq(schema.requirementStatus.uai, uai)),
    )
    await evaluateEtablissements(ctx, [uai])
    expect(await statusOf(uai)).toEqual(before)
    expect(await changesOf(uai)).toHaveLength(1)
  })

  it('says that the collection failed rather than that nothing was observed', async () => {
    const { ctx } = aSuite()
    const uai = await anEtablissement().insert(db)
    await db.transact(WORKER, (tx) =>
      recordFailure(tx, ctx, uai, ['backup.last_success_age'], 'essai', 'Délai dépassé'),
    )
    await evaluateEtablissements(ctx, [uai])
    expect(await statusOf(uai)).toMatchObject({ verdict: 'unknown', unknownReason: 'collector_failed' })
  })

  it('writes nothing but the date of evaluation when nothing has changed', async () => {
    const { ctx, clock } = aSuite()
    const uai = await anEtablissement().insert(db)
    await observe(ctx, uai, backup(5, 0.97))
    await evaluateEtablissements(ctx, [uai])
    const before = await statusOf(uai)
    clock.advance(86_400_000)
    await evaluateEtablissements(ctx, [uai])
    expect(await statusOf(uai)).toEqual(before)
    expect(await changesOf(uai)).toHaveLength(1)
    expect((await scoreOf(uai))?.evaluatedAt).toEqual(new Date('2026-11-17T09:00:00Z'))
    const history = await db.transact(WORKER, (tx) =>
      tx.select().from(schema.scoreHistory).where(eq(schema.scoreHistory.uai, uai)),
    )
    expect(history.map(({ day }) => day)).toEqual(['2026-11-16'])
  })

  it('confronts a declaration with the observation, and lets an arbitration stand until newer evidence', async () => {
    const { ctx, clock } = aSuite()
    const uai = await anEtablissement().insert(db)
    const author = '00000000-0000-4000-8000-000000000001'
    await observe(ctx, uai, backup(400, 0.2))
    await db.transact({ role: 'vigie_app', perimeters: [{ kind: 'etablissement', code: uai }] }, (tx) =>
      tx.insert(schema.declaration).values({
        id: ctx.random.uuid(),
        uai,
        requirement: 'MCO-SVG-1',
        verdict: 'compliant',
        comment: 'Sauvegarde faite à la main',
        author,
        declaredAt: new Date(NOW),
        expiresAt: new Date('2027-11-16T09:00:00Z'),
      }),
    )
    await evaluateEtablissements(ctx, [uai])
    expect(await statusOf(uai)).toMatchObject({
      status: 'contradiction',
      basis: 'contradiction',
      counted: 'non_compliant',
    })
    expect(await scoreOf(uai)).toMatchObject({ contradictions: 1 })
    await db.transact(WORKER, (tx) =>
      tx.insert(schema.arbitration).values({
        id: ctx.random.uuid(),
        uai,
        requirement: 'MCO-SVG-1',
        verdict: 'compliant',
        observedVerdict: 'non_compliant',
        evidenceAt: new Date(NOW),
        reason: 'Copie vérifiée sur place',
        author,
        decidedAt: new Date(NOW),
        expiresAt: new Date('2027-05-16T09:00:00Z'),
      }),
    )
    await evaluateEtablissements(ctx, [uai])
    expect(await statusOf(uai)).toMatchObject({
      status: 'compliant',
      basis: 'arbitrated',
      staleAt: new Date('2027-05-16T09:00:00Z'),
    })
    clock.set('2026-11-17T09:00:00Z')
    await observe(ctx, uai, backup(30, 0.6, '2026-11-17T09:00:00Z'))
    await evaluateDue(ctx)
    expect(await statusOf(uai)).toMatchObject({ status: 'contradiction', reopened: true, verdict: 'partial' })
    expect((await changesOf(uai)).at(-1)?.reason).toMatch(/^Déclaré conforme par l’établissement/)
  })

  it('leaves a closed establishment as it is and plans nothing for it', async () => {
    const { ctx } = aSuite()
    const uai = await anEtablissement().with({ state: 'ferme' }).insert(db)
    await observe(ctx, uai, backup(5, 0.97))
    expect(await evaluateEtablissements(ctx, [uai])).toEqual({ etablissements: 0, changes: 0 })
    expect(await dueOf(uai)).toBeUndefined()
    expect(await scoreOf(uai)).toBeUndefined()
  })

  it('keeps roll-ups whose sum is the establishment’s score, and the Exigé rate of the rules', async () => {
    const { ctx } = aSuite()
    const uai = await anEtablissement().college().insert(db)
    await observe(ctx, uai, backup(5, 0.97))
    await evaluateEtablissements(ctx, [uai])
    const rollups = await db.transact(WORKER, (tx) =>
      tx.select().from(schema.serviceRollup).where(eq(schema.serviceRollup.uai, uai)),
    )
    const score = await scoreOf(uai)
    expect(rollups).toHaveLength(15)
    expect(rollups.reduce((sum, row) => sum + row.ePoints, 0)).toBe(score?.ePoints)
    expect(rollups.reduce((sum, row) => sum + row.applicable, 0)).toBe(163)
    const exige = REQUIREMENTS.filter(({ levels }) => levels.d2 === 'E').length
    const compliant = evaluateRules(
      {
        evidence: new Map(
          backup(5, 0.97).map((item) => [
            item.key,
            { key: item.key, value: item.value, observedAt: Date.parse(NOW) },
          ]),
        ),
        failedKeys: new Set(),
      },
      Date.parse(NOW),
    ).filter(({ observed }) => observed.verdict === 'compliant')
    expect(compliant.length).toBeGreaterThan(0)
    expect(score?.eApplicable).toBe(exige)
    expect(score?.exigeRate).toBeCloseTo((score?.ePoints ?? 0) / 2 / exige)
  })

  it('journals one entry per batch, not one per verdict', async () => {
    const { ctx } = aSuite()
    const uais = await Promise.all([1, 2, 3].map(() => anEtablissement().insert(db)))
    const entries = () =>
      db.asOwner((tx) =>
        tx.select().from(schema.journalEntry).where(eq(schema.journalEntry.action, 'evaluation.run')),
      )
    const before = (await entries()).length
    await evaluateEtablissements(ctx, uais)
    expect(await entries()).toHaveLength(before + 1)
  })
})

describe('evaluateAll', () => {
  it('evaluates every open establishment once and tells its progress', async () => {
    const { ctx } = aSuite()
    const own = await aDatabase()
    const ownCtx = { ...ctx, db: own }
    for (let i = 0; i < 5; i += 1) await anEtablissement().insert(own)
    await anEtablissement().with({ state: 'ferme' }).insert(own)
    const seen: string[] = []
    const report = await evaluateAll(ownCtx, {
      onProgress: ({ done, total }) => seen.push(`${done}/${total}`),
    })
    expect(report).toEqual({ etablissements: 5, changes: 0 })
    expect(seen).toEqual(['5/5'])
    await own.close()
  })
})

describe('evaluateDue', () => {
  it('evaluates what is due and nothing else', async () => {
    const { ctx, clock } = aSuite()
    clock.set('2026-12-01T00:00:00Z')
    await evaluateDue(ctx)
    const uai = await anEtablissement().insert(db)
    const quiet = await anEtablissement().insert(db)
    await observe(ctx, uai, backup(5, 0.97, '2026-12-01T00:00:00Z'))
    expect(await evaluateDue(ctx)).toMatchObject({ etablissements: 1 })
    expect(await evaluateDue(ctx)).toMatchObject({ etablissements: 0 })
    expect(await scoreOf(quiet)).toBeUndefined()
  })

  it('loses no evidence that arrives while an evaluation runs', async () => {
    const { ctx } = aSuite()
    const uai = await anEtablissement().insert(db)
    await observe(ctx, uai, backup(5, 0.97))
    for (let i = 0; i < 5; i += 1) {
      await Promise.all([
        evaluateDue(ctx),
        observe(ctx, uai, backup(i % 2 ? 5 : 400, 0.97, `2026-11-16T08:0${i}:00Z`)),
        observe(ctx, uai, backup(400 + i, 0.97, `2026-11-16T09:00:00Z`)),
      ])
    }
    await evaluateDue(ctx)
    expect(await statusOf(uai)).toMatchObject({ verdict: 'non_compliant' })
  })
})
