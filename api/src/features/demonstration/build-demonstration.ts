import { schema } from '@vigie/db'
import { DEMONSTRATION_ACADEMIE } from '@vigie/rules'
import { count } from 'drizzle-orm'
import type { Context, Deps } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { importAnnuaire } from '../annuaire/import-annuaire.ts'
import { tellBackups } from './backups/tell-backups.ts'
import {
  closeSummerCampaign,
  openAutumnCampaign,
  openSummerCampaign,
  visitCollege,
} from './campaigns/run-campaigns.ts'
import { fillQuestionnaire } from './declarations/fill-questionnaire.ts'
import { liveIncidents } from './incidents/live-incidents.ts'
import { readProbes } from './mail/read-probes.ts'
import { readControllers } from './network/read-controllers.ts'
import { expectJournals, receiveJournals } from './logs/receive-journals.ts'
import { keyStages, type DatedStage } from './keys/key-stages.ts'
import { openAccounts } from './open-accounts.ts'
import { annuaireLines } from './plan/annuaire-csv.ts'
import { planEtablissements, type PlannedEtablissement } from './plan/etablissements.ts'
import { instantOf, STEPS, type Step } from './plan/steps.ts'
import { playStep } from './play-step.ts'
import { settleDecisions } from './settle-decisions.ts'
import { declareTargets } from './supervision/declare-targets.ts'
import { DONE, markDone, stagesDone } from './stage.ts'

export interface DemonstrationProgress {
  readonly done: number
  readonly total: number
  /** French, what is under way. */
  readonly stage: string
}

const HOUR_MS = 3_600_000

/**
 * Builds the fictional académie by the product's own verbs: its annuaire is imported, its systems and agents report
 * on the days of the story, and each of those days is evaluated with its own clock. Out: false when it was already
 * there. An interrupted build resumes after its last whole stage. Errors: `conflict` when the database holds other
 * establishments, or in production. `items` narrows the académie, for a quicker test.
 */
export async function buildDemonstration(
  deps: Deps,
  onProgress: (progress: DemonstrationProgress) => void = () => {},
  items: readonly PlannedEtablissement[] = planEtablissements(),
): Promise<boolean> {
  const ctx: Context = { ...deps, actor: { kind: 'system', id: 'demonstration' }, requestId: null }
  const done = await stagesDone(ctx)
  if (done.has(DONE)) return false
  await refuseElsewhere(ctx, done.size > 0)
  const [resumed] = done.values()
  const end = resumed === undefined ? deps.clock.now() : new Date(resumed)
  const stages = stagesUntil(end, items, resumed !== undefined)
  for (const [position, stage] of stages.entries()) {
    onProgress({ done: position, total: stages.length, stage: stage.name })
    if (done.has(stage.name)) continue
    const then = { ...ctx, clock: { now: () => new Date(stage.at) } }
    await stage.run(then)
    await markDone(then, stage.name, end)
  }
  await markDone({ ...ctx, clock: { now: () => new Date(end) } }, DONE, end)
  onProgress({ done: stages.length, total: stages.length, stage: DONE })
  return true
}

function stagesUntil(
  end: Date,
  items: readonly PlannedEtablissement[],
  resumed: boolean,
): readonly DatedStage[] {
  const first = STEPS[0]
  if (!first) return []
  const before = new Date(instantOf(first, end).getTime() - HOUR_MS)
  const dayOf = (step: Step): DatedStage => ({
    name: step.last ? 'aujourd’hui' : `il y a ${step.daysAgo} jours`,
    at: instantOf(step, end),
    run: (ctx) => playStep(ctx, items, step),
  })
  const decisions: DatedStage = {
    name: 'déclarations et décisions',
    at: new Date(instantOf(STEPS.at(-2) ?? first, end).getTime() + 2 * HOUR_MS),
    run: (ctx) => settleDecisions(ctx, items),
  }
  const questionnaire: DatedStage = {
    name: 'questionnaire guidé',
    at: new Date(end.getTime() - 2 * HOUR_MS),
    run: (ctx) => fillQuestionnaire(ctx, items),
  }
  const targets: DatedStage = {
    name: 'cibles de supervision',
    at: new Date(instantOf(STEPS.at(-2) ?? first, end).getTime() + HOUR_MS),
    run: (ctx) => declareTargets(ctx, items),
  }
  const incidents: DatedStage = {
    name: 'incidents',
    at: new Date(end.getTime() - 60_000),
    run: (ctx) => liveIncidents(ctx, items),
  }
  const controllers: DatedStage = {
    name: 'contrôleurs Wi-Fi',
    at: new Date(end.getTime() - 90_000),
    run: (ctx) => readControllers(ctx, items),
  }
  const probes: DatedStage = {
    name: 'messages d’essai',
    at: new Date(end.getTime() - 80_000),
    run: (ctx) => readProbes(ctx, items),
  }
  const backups: DatedStage = {
    name: 'sauvegardes',
    at: new Date(end.getTime() - 70_000),
    run: (ctx) => tellBackups(ctx, items),
  }
  const afterStep = (position: number): Date =>
    new Date(instantOf(STEPS[position] ?? first, end).getTime() + 3 * HOUR_MS)
  const campaigns: readonly DatedStage[] = [
    { name: 'campagne d’été : ouverture', at: afterStep(0), run: openSummerCampaign },
    { name: 'campagne d’été : clôture', at: afterStep(1), run: closeSummerCampaign },
    { name: 'campagne d’hiver', at: afterStep(3), run: (ctx) => openAutumnCampaign(ctx, items) },
    { name: 'visite', at: new Date(end.getTime() - HOUR_MS), run: (ctx) => visitCollege(ctx, items) },
  ]
  const sources: DatedStage = {
    name: 'sources de journaux',
    at: new Date(end.getTime() - 31 * 24 * HOUR_MS),
    run: (ctx) => expectJournals(ctx, items),
  }
  const journals: DatedStage = {
    name: 'journaux reçus',
    at: new Date(end.getTime() - 100_000),
    run: (ctx) => receiveJournals(ctx, items),
  }
  const days = [
    ...STEPS.slice(0, -1).map(dayOf),
    sources,
    journals,
    targets,
    decisions,
    questionnaire,
    ...campaigns,
    ...keyStages(end, items, resumed),
    controllers,
    probes,
    backups,
    incidents,
    ...STEPS.slice(-1).map(dayOf),
  ]
  return [
    { name: 'annuaire', at: before, run: (ctx) => importPlan(ctx, items) },
    { name: 'comptes', at: before, run: openAccounts },
    ...days.toSorted((a, b) => a.at.getTime() - b.at.getTime()),
  ]
}

async function importPlan(ctx: Context, items: readonly PlannedEtablissement[]): Promise<void> {
  async function* bytes() {
    for (const line of annuaireLines(items)) yield Buffer.from(line)
  }
  const report = await importAnnuaire(ctx, { stream: bytes(), fileName: 'annuaire-valmont.csv' })
  if (report.refused > 0)
    throw new Error(`the plan's annuaire is refused: ${JSON.stringify(report.refusals[0])}`)
}

async function refuseElsewhere(ctx: Context, resumed: boolean): Promise<void> {
  if (!ctx.config.demonstration)
    throw new AppError(
      'conflict',
      'La démonstration ne se construit pas en production. Utilisez une base à part.',
    )
  if (resumed) return
  const [row] = await ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.select({ rows: count() }).from(schema.etablissement),
  )
  if ((row?.rows ?? 0) > 0)
    throw new AppError(
      'conflict',
      `La base contient déjà des établissements : la démonstration (académie ${DEMONSTRATION_ACADEMIE}) demande une base vide.`,
    )
}
