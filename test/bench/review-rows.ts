import type { Database } from '@vigie/db'
import { sql } from 'drizzle-orm'

/**
 * What a year of use leaves for the RSSI to decide: one status in a hundred contradicted (by the rows of conformity),
 * every established declaration of four requirements, of which one in five expires within the month, derogations asked
 * for and disputes. In: establishments and their statuses are there. Deterministic.
 */
export async function fillReview(db: Database): Promise<void> {
  await db.transact({ role: 'vigie_worker' }, async (tx) => {
    await tx.execute(sql`
      insert into declaration (id, uai, requirement, verdict, comment, author, declared_at, expires_at)
      select gen_random_uuid(), s.uai, s.requirement, 'compliant', 'Vérifié avec le prestataire.', gen_random_uuid(),
        '2026-09-01T08:00:00Z'::timestamptz + rank * interval '1 second',
        case when rank % 5 = 0 then '2026-11-20T08:00:00Z'::timestamptz + (rank % 25) * interval '1 day'
          else '2027-09-01T08:00:00Z'::timestamptz end
      from (
        select uai, requirement, row_number() over (order by uai, requirement) as rank
        from requirement_status where service in ('MCO-SVG', 'INF-AUT', 'MCO-JAL')
      ) s`)
    await tx.execute(sql`
      insert into derogation (id, uai, requirement, justification, requested_by, requested_at, expires_at)
      select gen_random_uuid(), uai, 'MCO-SVG-5', 'Le prestataire remplace le matériel.', gen_random_uuid(),
        '2026-11-01T08:00:00Z', '2027-07-01T08:00:00Z'
      from (select uai, row_number() over (order by uai) as rank from etablissement) e where rank % 3 = 0`)
    await tx.execute(sql`
      insert into dispute (id, uai, requirement, kind, reason, opened_at, opened_by)
      select gen_random_uuid(), uai, 'MCO-PAR-1', 'wrong_observation', 'Le poste est au rebut.',
        '2026-11-02T08:00:00Z', gen_random_uuid()
      from (select uai, row_number() over (order by uai) as rank from etablissement) e where rank % 4 = 0`)
  })
  await db.query('vacuum analyze')
}
