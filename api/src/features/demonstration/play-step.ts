import { createHash } from 'node:crypto'
import type { CollectorRun } from '@vigie/collectors'
import { isEvidenceKey } from '@vigie/rules'
import type { Actor } from '../../access/actor.ts'
import type { Context } from '../../context.ts'
import { recordCollection } from '../collection/record-collection.ts'
import { evaluateAll } from '../evaluation/evaluate-etablissements.ts'
import { receiveEvidence } from '../evidence/receive-evidence.ts'
import { MAX_OBSERVATIONS } from '../evidence/schema.ts'
import { reportOwnEvidence } from '../own-evidence/report-own-evidence.ts'
import { answerCampaign } from './answer-campaign.ts'
import { observationsOf } from './plan/evidence.ts'
import { OBSERVABLE } from './plan/evidence-values.ts'
import { SOURCES, type SourceId } from './plan/observable.ts'
import type { PlannedEtablissement } from './plan/etablissements.ts'
import { PROFILES } from './plan/profiles.ts'
import type { Step } from './plan/steps.ts'
import { sendInventories } from './send-inventories.ts'
import { availabilityOf } from './supervision/watched-services.ts'

const WORKER = { role: 'vigie_worker' } as const
const PROMETHEUS = 'prometheus:rectorat'

/** The systems of the académie as one service account would push for them. */
const pusher = (source: SourceId): Actor => ({
  kind: 'service',
  id: `00000000-0000-4000-8000-${createHash('sha256').update(source).digest('hex').slice(0, 12)}`,
  name: SOURCES[source],
  scope: 'evidence:write',
  perimeter: { kind: 'academie', code: '98' },
})

/** Lives one day of the story with the clock of that day: systems report, agents call, everything is evaluated. */
export async function playStep(
  ctx: Context,
  items: readonly PlannedEtablissement[],
  step: Step,
): Promise<void> {
  const at = ctx.clock.now()
  await sendInventories(ctx, items, step)
  for (const source of Object.keys(SOURCES) as SourceId[]) {
    if (source === 'prometheus')
      await recordCollection(ctx, WORKER, PROMETHEUS, prometheusRun(items, step, at))
    else await push({ ...ctx, actor: pusher(source) }, source, observationsOf(source, items, step, at))
  }
  if (step.campaign !== null) await answerCampaign(ctx, items, step, step.campaign)
  if (step.last) await reportOwnEvidence(ctx)
  await evaluateAll(ctx)
}

async function push(ctx: Context, source: SourceId, observations: readonly object[]): Promise<void> {
  for (let start = 0; start < observations.length; start += MAX_OBSERVATIONS) {
    await receiveEvidence(ctx, {
      source: SOURCES[source],
      collector: source,
      observations: observations.slice(start, start + MAX_OBSERVATIONS),
    })
  }
}

function prometheusRun(items: readonly PlannedEtablissement[], step: Step, at: Date): CollectorRun {
  const observations = observationsOf('prometheus', items, step, at)
  const evidence = observations.flatMap(({ uai, key, value, observedAt }) =>
    isEvidenceKey(key)
      ? [{ uai, key, value, observedAt: new Date(observedAt), source: SOURCES.prometheus }]
      : [],
  )
  const failing = step.last
    ? items.filter(({ profile }) => PROFILES[profile].failing).map(({ uai }) => uai)
    : []
  const keys = OBSERVABLE.filter(
    ({ source, key }) => source === 'prometheus' && key.startsWith('backup.'),
  ).map(({ key }) => key)
  return {
    collector: 'prometheus',
    startedAt: at,
    durationMs: 840,
    outcome: 'success',
    error: null,
    attempts: 1,
    evidence,
    availability: availabilityOf(items, observations),
    failures:
      failing.length > 0
        ? [{ keys, uais: failing, reason: 'L’exporteur de sauvegarde répond « connexion refusée ».' }]
        : [],
    ignored: [],
  }
}
