import { rowsOf, type Tx } from '@vigie/db'
import type { DecidedVerdict, Status, Verdict } from '@vigie/db/schema'
import { requirementById, serviceOf, type RequirementId } from '@vigie/rules'
import { sql, type SQL } from 'drizzle-orm'
import { isoOf } from '../conformity/instants.ts'
import { unprovenReason } from '../conformity/unproven.ts'
import { departementName } from '../etablissements/labels.ts'
import type { ReviewKind, ReviewRow } from './schema.ts'

interface Found {
  kind: ReviewKind
  case: string
  uai: string
  name: string
  departement: string
  degree: 'd1' | 'd2'
  requirement: string
  since: string
  status: Status | null
  counted: Verdict | null
  verdict: Verdict | null
  reason: string | null
  reopened: boolean | null
  declared: DecidedVerdict | null
  comment: string | null
  declaredUntil: string | null
  remindedAt: string | null
  request: string | null
  until: string | null
  disputeKind: 'not_applicable' | 'wrong_observation' | null
}

/** In: a query over waiting cases. Out: these cases with what each screen shows of them, in the same order. */
export async function rowsIn(tx: Tx, cases: SQL): Promise<ReviewRow[]> {
  const found = rowsOf<Found>(
    await tx.execute(sql`
      select w.kind, w."case", w.uai, e.name, e.departement, e.degree, w.requirement, ${isoOf(sql`w.since`)} as since,
        s.status, s.counted, s.verdict, s.reason, s.reopened,
        d.verdict as declared, d.comment, ${isoOf(sql`d.expires_at`)} as "declaredUntil",
        ${isoOf(sql`d.reminded_at`)} as "remindedAt",
        coalesce(g.justification, p.reason) as request, ${isoOf(sql`g.expires_at`)} as until, p.kind as "disputeKind"
      from (${cases}) w
      join etablissement e on e.uai = w.uai
      left join requirement_status s on s.uai = w.uai and s.requirement = w.requirement
      left join lateral (
        select * from declaration n where n.uai = w.uai and n.requirement = w.requirement and n.withdrawn_at is null
        order by n.declared_at desc limit 1
      ) d on true
      left join derogation g on w.kind = 'derogation' and g.id::text = w."case"
        and g.uai = w.uai and g.requirement = w.requirement
      left join dispute p on w.kind = 'dispute' and p.id::text = w."case"
        and p.uai = w.uai and p.requirement = w.requirement
      order by w.since, w.uai, w.requirement, w.kind, w."case"`),
  )
  return found.map(present)
}

function present(row: Found): ReviewRow {
  const requirement = requirementById(row.requirement)
  const { kind, uai, name, departement, since, request, until, disputeKind, remindedAt } = row
  return {
    ...{ kind, uai, name, departement, since, request, until, disputeKind, remindedAt },
    case: row.case,
    departementName: departementName(departement),
    requirement: row.requirement,
    service: serviceOf(row.requirement as RequirementId),
    statement: requirement?.statement ?? row.requirement,
    level: requirement?.levels[row.degree] ?? 'F',
    status: row.status ?? 'unknown',
    counted: row.counted ?? 'unknown',
    observed: row.verdict ?? 'unknown',
    reason: row.reason ?? unprovenReason(row.requirement as RequirementId),
    reopened: row.reopened ?? false,
    declared:
      row.declared === null || row.comment === null || row.declaredUntil === null
        ? null
        : { verdict: row.declared, comment: row.comment, expiresAt: row.declaredUntil },
  }
}
