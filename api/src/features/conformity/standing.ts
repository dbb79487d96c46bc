import {
  PARTY_LABELS,
  REQUIREMENTS,
  checkFor,
  responsibleParty,
  type Party,
  type Requirement,
  type RequirementId,
} from '@vigie/rules'
import { schema, type Tx } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import type { EtablissementRow } from '../etablissements/find-etablissement.ts'
import { VERDICT_WORDS } from '../evaluation/status-change.ts'
import { iso } from './instants.ts'
import type { RequirementRow } from './schema.ts'
import { unprovenReason } from './unproven.ts'

type StatusRow = typeof schema.requirementStatus.$inferSelect

/** A requirement of one establishment as screens show it, with what the score counts. */
export interface Standing extends RequirementRow {
  readonly requirement: Requirement
  readonly counted: StatusRow['counted']
  readonly reopened: boolean
  readonly evaluatedAt: string | null
}

/** Departures of the establishment's académie from the default sharing of responsibilities. */
export async function sharingOf(
  tx: Tx,
  { academie, degree }: Pick<EtablissementRow, 'academie' | 'degree'>,
): Promise<ReadonlyMap<RequirementId, Party>> {
  const table = schema.sharingOverride
  const rows = await tx
    .select({ requirement: table.requirement, party: table.party })
    .from(table)
    .where(and(eq(table.academie, academie), eq(table.degree, degree)))
  return new Map(rows.map((row) => [row.requirement as RequirementId, row.party]))
}

const NEVER_OBSERVED = {
  verdict: 'unknown',
  unknownReason: 'never_observed',
  status: 'unknown',
  counted: 'unknown',
  basis: 'none',
  figures: [],
  reopened: false,
  staleAt: null,
  since: null,
  derogatedUntil: null,
  evaluatedAt: null,
} as const

/** A declaration that counts alone comes first; what observation lacks follows when a check could observe it. */
function reasonOf({ requirement, basis, counted, reason }: StatusRow): string {
  if (basis !== 'declared' || counted === 'unknown') return reason
  const declared = `Déclaré ${VERDICT_WORDS[counted]} par l’établissement.`
  return checkFor(requirement as RequirementId) ? `${declared} ${reason}` : declared
}

function storedOf(row: StatusRow) {
  const { verdict, unknownReason, status, counted, basis, figures, reopened } = row
  return {
    ...{ verdict, unknownReason, status, counted, basis, figures, reopened },
    reason: reasonOf(row),
    staleAt: iso(row.staleAt),
    since: iso(row.since),
    derogatedUntil: iso(row.derogatedUntil),
    evaluatedAt: iso(row.evaluatedAt),
  }
}

/** In: a requirement, its stored status if any, the establishment, the sharing. Out: its standing, defaults filled. */
export function standingOf(
  requirement: Requirement,
  row: StatusRow | undefined,
  { degree }: Pick<EtablissementRow, 'degree'>,
  sharing: ReadonlyMap<RequirementId, Party>,
): Standing {
  const party = responsibleParty(requirement.id, degree, sharing)
  return {
    requirement,
    id: requirement.id,
    service: requirement.service,
    function: requirement.function,
    statement: requirement.statement,
    level: requirement.levels[degree],
    automatic: checkFor(requirement.id) !== undefined,
    party,
    partyLabel: PARTY_LABELS[party],
    ...(row ? storedOf(row) : { ...NEVER_OBSERVED, figures: [], reason: unprovenReason(requirement.id) }),
  }
}

/** The 163 requirements of an establishment, in catalogue order: what is not stored was never observed. */
export async function standingsOf(tx: Tx, etablissement: EtablissementRow): Promise<readonly Standing[]> {
  const sharing = await sharingOf(tx, etablissement)
  const rows = await tx
    .select()
    .from(schema.requirementStatus)
    .where(eq(schema.requirementStatus.uai, etablissement.uai))
  const stored = new Map(rows.map((row) => [row.requirement, row]))
  return REQUIREMENTS.map((requirement) =>
    standingOf(requirement, stored.get(requirement.id), etablissement, sharing),
  )
}
