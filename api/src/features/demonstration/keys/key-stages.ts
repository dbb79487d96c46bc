import { DEMONSTRATION_ACADEMIE, timeZoneOf } from '@vigie/rules'
import type { Context } from '../../../context.ts'
import { addDays, dayIn, instantAt, lastFriday } from '../../deployment/calendar.ts'
import { reportWeekly } from '../../deployment/report-weekly.ts'
import type { PlannedEtablissement } from '../plan/etablissements.ts'
import type { KeyFate, PlannedHolder } from '../plan/holders.ts'
import { chanceOf } from '../plan/sequence.ts'
import { callForHelp } from './call-for-help.ts'
import { handKeyOver, prepareKey } from './hand-keys-over.ts'
import { openCases } from './open-cases.ts'
import { settlePastCases } from './past-cases.ts'
import { registerHolders } from './register-holders.ts'
import { openStage, type KeyStage } from './stage-context.ts'
import { stockKeys } from './stock-keys.ts'

export interface DatedStage {
  readonly name: string
  readonly at: Date
  readonly run: (ctx: Context) => Promise<void>
}

const DAY_MS = 86_400_000
/** Days before today at which keys are handed over; cases that are over need theirs from the first. */
const WAVES = [100, 38, 24, 15] as const
const REPORTS = 5
const REPORT_HOUR = 9

const WITHOUT_KEY: ReadonlySet<KeyFate> = new Set(['none', 'invited', 'appointed'])
const FROM_THE_FIRST: ReadonlySet<KeyFate> = new Set(['coming_back', 'replaced', 'gone', 'absent'])

const waveOf = (holder: PlannedHolder): number =>
  FROM_THE_FIRST.has(holder.fate) ? 0 : Math.floor(chanceOf(holder.mail, 'wave') * WAVES.length)

async function liveWave(stage: KeyStage, wave: number): Promise<void> {
  const concerned = stage.holders.filter((holder) => !WITHOUT_KEY.has(holder.fate) && waveOf(holder) === wave)
  for (const [rank, holder] of concerned.entries()) {
    const hours = rank * 3
    if (holder.fate === 'initialised') await prepareKey(stage, holder, hours)
    else await handKeyOver(stage, holder, hours, holder.fate === 'handed_over' ? 'handed_over' : 'active')
  }
}

/** The Fridays whose reports exist at the end of the story, at the hour at which they were counted. */
function reportInstants(end: Date): Date[] {
  const zone = timeZoneOf(DEMONSTRATION_ACADEMIE)
  const friday = lastFriday(dayIn(end, zone))
  return Array.from({ length: REPORTS + 1 }, (_, weeks) =>
    instantAt(addDays(friday, -7 * weeks), REPORT_HOUR, zone),
  )
    .filter((at) => at < end)
    .slice(0, REPORTS)
}

/**
 * The life of the keys, by the product's own verbs: stock, holders, hand-overs, cases, calls for help, Friday reports.
 * In: the end of the story, its establishments, whether the build resumes. Out: its stages, each at its instant.
 */
export function keyStages(
  end: Date,
  items: readonly PlannedEtablissement[],
  resumed: boolean,
): readonly DatedStage[] {
  const stage = (name: string, daysAgo: number, live: (stage: KeyStage) => Promise<void>): DatedStage => ({
    name: `clés : ${name}`,
    at: new Date(end.getTime() - daysAgo * DAY_MS),
    run: async (ctx) => live(await openStage(ctx, items, resumed)),
  })
  return [
    stage('stock', 148, (opened) => stockKeys(opened, end)),
    stage('porteurs', 146, registerHolders),
    ...WAVES.map((daysAgo, wave) =>
      stage(`remises ${wave + 1}`, daysAgo, (opened) => liveWave(opened, wave)),
    ),
    stage('cas passés', 28, settlePastCases),
    stage('cas en cours', 9, openCases),
    ...reportInstants(end).map((at) => ({
      name: `clés : relevé du ${at.toISOString().slice(0, 10)}`,
      at,
      run: async (ctx: Context) => {
        await reportWeekly(ctx)
      },
    })),
    stage('aujourd’hui', 0, callForHelp),
  ]
}
