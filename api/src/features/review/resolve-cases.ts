import { schema, type Tx } from '@vigie/db'
import type { DecidedVerdict } from '@vigie/db/schema'
import { inArray, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { justSettled } from '../arbitrations/before-evaluation.ts'
import { JUST_SETTLED } from '../arbitrations/settle.ts'
import type { OpenEtablissement } from '../declarations/target.ts'
import { verdictOf } from '../disputes/decide-dispute.ts'
import { waitingCases } from './queue.ts'
import { rowsIn } from './rows.ts'
import { OUTCOMES, type DecisionsInput, type ReviewRow, type Skipped } from './schema.ts'

/** A case of the queue with what is to be decided of it: a verdict, or a derogation until a date. */
export interface Resolved {
  readonly row: ReviewRow
  readonly etablissement: OpenEtablissement
  /** What an arbitration retains; null where the decision makes none. */
  readonly verdict: DecidedVerdict | null
}

export interface Resolution {
  readonly cases: readonly Resolved[]
  readonly skipped: Skipped
}

const GONE = 'N’attend plus de décision, ou n’est pas dans votre périmètre.'
const PAST = 'La date demandée est passée : accordez-la jusqu’à une autre date, ou refusez-la.'

/** Errors: `invalid_input` when the outcome is not one of that kind, or lacks its reason or its expiry. */
export function checkOutcome({ kind, outcome, reason, expiresAt }: DecisionsInput): void {
  const outcomes: readonly string[] = OUTCOMES[kind]
  const faults = [
    ...(outcomes.includes(outcome)
      ? []
      : [{ pointer: '/outcome', detail: `outcome : attendu ${outcomes.join(', ')}` }]),
    ...(reason === undefined && outcome !== 'approve'
      ? [{ pointer: '/reason', detail: 'motif : dites pourquoi, en une phrase au moins' }]
      : []),
    ...(expiresAt === undefined && outcome !== 'approve' && outcome !== 'refuse'
      ? [{ pointer: '/expiresAt', detail: 'échéance : donnez la date jusqu’à laquelle cela vaut' }]
      : []),
  ]
  if (faults.length > 0)
    throw new AppError('invalid_input', 'La décision est incomplète.', { errors: faults })
}

/** In: what was asked. Out: the cases that still wait, each with its verdict, and why the others are left. */
export async function resolveCases(tx: Tx, ctx: Context, input: DecisionsInput): Promise<Resolution> {
  const asked = [...new Set(input.cases)]
  const list = sql.join(
    asked.map((id) => sql`${id}`),
    sql`, `,
  )
  const rows = await rowsIn(
    tx,
    sql`select * from (${waitingCases(ctx, {}, input.kind)}) w where w."case" in (${list})`,
  )
  const etablissements = await etablissementsOf(
    tx,
    rows.map(({ uai }) => uai),
  )
  const settled =
    input.kind === 'contradiction' ? await justSettled(tx, ctx, [...etablissements.keys()]) : new Set()
  const now = ctx.clock.now().getTime()
  const found = new Map(rows.map((row) => [row.case, row]))
  const cases: Resolved[] = []
  const skipped: Skipped = []
  for (const id of asked) {
    const row = found.get(id)
    const etablissement = row && etablissements.get(row.uai)
    const why = row && etablissement ? (settled.has(id) ? JUST_SETTLED : whyNot(row, input, now)) : GONE
    if (!row || !etablissement || why !== null) skipped.push({ case: id, why: why ?? GONE })
    else cases.push({ row, etablissement, verdict: retainedVerdict(row, input) })
  }
  return { cases, skipped }
}

function whyNot(row: ReviewRow, { outcome, expiresAt }: DecisionsInput, now: number): string | null {
  const isPast = (instant: string | null) => instant !== null && Date.parse(instant) <= now
  switch (outcome) {
    case 'observed':
      return row.observed === 'unknown' ? 'Rien n’est observé pour cette exigence.' : null
    case 'declared':
      if (row.declared === null) return 'Aucune déclaration ne porte sur cette exigence.'
      return isPast(row.declared.expiresAt) ? 'La déclaration n’est plus valable.' : null
    case 'approve':
      if (row.level !== 'R') return 'Cette exigence n’est pas une recommandation ici : refusez la demande.'
      return expiresAt === undefined && isPast(row.until) ? PAST : null
    default:
      return null
  }
}

function retainedVerdict(row: ReviewRow, { outcome, verdict }: DecisionsInput): DecidedVerdict | null {
  switch (outcome) {
    case 'approve':
    case 'refuse':
      return null
    case 'accept':
      return verdictOf(row.disputeKind ?? 'not_applicable', verdict)
    case 'observed':
      return row.observed === 'unknown' ? null : row.observed
    case 'declared':
      return row.declared === null || row.declared.verdict === 'unknown' ? null : row.declared.verdict
    default:
      return outcome
  }
}

/** In: UAIs that the caller sees. Out: those establishments, by UAI. */
export async function etablissementsOf(
  tx: Tx,
  uais: readonly string[],
): Promise<ReadonlyMap<string, OpenEtablissement>> {
  if (uais.length === 0) return new Map()
  const { uai, degree, academie, name } = schema.etablissement
  const rows = await tx
    .select({ uai, degree, academie, name })
    .from(schema.etablissement)
    .where(inArray(uai, [...new Set(uais)]))
  return new Map(rows.map((row) => [row.uai, row]))
}
