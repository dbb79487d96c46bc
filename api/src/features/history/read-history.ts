import { localDay, timeZoneOf } from '@vigie/rules'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { pastScore, presentScore } from '../conformity/past-score.ts'
import { standingsOf } from '../conformity/standing.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import type { History, HistoryQuery } from './schema.ts'
import { derogatedAt, firstDayOf, statusesAt } from './statuses-at.ts'

const NEVER = 'Rien n’avait encore été observé ni déclaré.'

/**
 * Status of every requirement and score of an establishment as a day ended there; for today, as they are at this instant. Errors:
 * `forbidden`, `not_found`, `invalid_input` for a day to come.
 */
export async function readHistory(ctx: Context, uai: string, query: HistoryQuery): Promise<History> {
  const identity = authorise(ctx.actor, 'conformity:read')
  return ctx.db.transact(identity, async (tx) => {
    const row = await findEtablissement(tx, uai)
    const timeZone = timeZoneOf(row.academie)
    const today = localDay(ctx.clock.now(), timeZone)
    const at = query.at ?? today
    if (at > today)
      throw new AppError(
        'invalid_input',
        'Cette date n’est pas encore passée : choisissez aujourd’hui ou avant.',
        {
          errors: [{ pointer: '/at', detail: 'date : aujourd’hui au plus tard' }],
        },
      )
    const [firstDay, score, present, statuses, derogated, standings] = [
      await firstDayOf(tx, uai),
      await pastScore(tx, uai, at),
      await presentScore(tx, uai),
      await statusesAt(tx, uai, at, timeZone),
      await derogatedAt(tx, uai, at, timeZone),
      await standingsOf(tx, row),
    ]
    const evaluated = firstDay !== null && firstDay <= at
    return {
      ...{ uai, at, timeZone, evaluated, firstDay },
      score: evaluated ? score : null,
      scoreNow: present.score,
      requirements: standings.map(({ id, service, statement, level, status: statusNow }) => {
        const past = evaluated ? statuses.get(id) : undefined
        return {
          ...{ id, service, statement, level, statusNow },
          status: past?.status ?? ('unknown' as const),
          verdict: past?.verdict ?? ('unknown' as const),
          counted: past ? past.counted : ('unknown' as const),
          basis: past ? past.basis : ('none' as const),
          reason: past?.reason ?? NEVER,
          since: past?.at ?? null,
          derogated: evaluated && derogated.has(id),
        }
      }),
    }
  })
}
