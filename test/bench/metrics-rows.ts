import { schema, type Database } from '@vigie/db'
import { REQUIREMENTS, SERVICE_IDS } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import { uaiOf } from '../support/uai.ts'

export interface Field {
  readonly etablissements: number
  readonly departements: number
  readonly machinesEach: number
  /** Holders, each with an active key. */
  readonly holders: number
}

const WORKER = { role: 'vigie_worker' } as const
const AT = new Date('2026-11-16T06:00:00Z')
const BATCH = 500

function etablissementRow(number: number, departements: number) {
  const d2 = number % 5 > 2
  return {
    uai: uaiOf(number),
    name: `Établissement des Essais ${number}`,
    type: d2 ? ('college' as const) : ('ecole_primaire' as const),
    degree: d2 ? ('d2' as const) : ('d1' as const),
    sector: 'public' as const,
    communeCode: '99001',
    commune: 'Villeneuve-les-Essais',
    departement: `99${1 + (number % departements)}`,
    academie: '98',
    region: '98',
    collectivite: 'commune:99001',
    state: 'ouvert' as const,
    createdAt: AT,
    updatedAt: AT,
  }
}

/** Requirements of each service at each level, for establishments of the second degree. */
const applicable = (service: string, level: string) =>
  REQUIREMENTS.filter((one) => one.service === service && one.levels.d2 === level).length

async function fillEtablissements(db: Database, { etablissements, departements }: Field): Promise<void> {
  for (let from = 0; from < etablissements; from += BATCH) {
    const size = Math.min(BATCH, etablissements - from)
    const rows = Array.from({ length: size }, (_, index) => etablissementRow(from + index, departements))
    await db.transact(WORKER, (tx) => tx.insert(schema.etablissement).values(rows))
  }
}

/** Roll-ups of every service, half of the points of each level met; scores are their sums. */
async function fillScores(db: Database): Promise<void> {
  const services = SERVICE_IDS.map(
    (service) =>
      sql`(${service}::text, ${applicable(service, 'E')}::int, ${applicable(service, 'R')}::int, ${applicable(service, 'F')}::int)`,
  )
  await db.transact(WORKER, async (tx) => {
    await tx.execute(sql`
      insert into service_rollup (uai, service, e_points, e_applicable, r_points, r_applicable, f_points, f_applicable,
        fresh, applicable, contradictions, derogations, unknown, non_compliant)
      select e.uai, s.service, s.e, s.e, s.r, s.r, s.f, s.f, (s.e + s.r + s.f) / 2, s.e + s.r + s.f, 0, 0,
        (s.e + s.r + s.f) / 2, 0
      from etablissement e cross join (values ${sql.join(services, sql`, `)}) as s (service, e, r, f)`)
    await tx.execute(sql`
      insert into etablissement_score (uai, e_points, e_applicable, r_points, r_applicable, f_points, f_applicable,
        fresh, applicable, contradictions, derogations, unknown, non_compliant, exige_rate, carine_index, evaluated_at)
      select uai, sum(e_points), sum(e_applicable), sum(r_points), sum(r_applicable), sum(f_points),
        sum(f_applicable), sum(fresh), sum(applicable), 0, 0, sum(unknown), 0, 0.5, 40, ${AT.toISOString()}::timestamptz
      from service_rollup group by uai`)
  })
}

/** Machines with the sections that an agent leaves, and forty pieces of evidence an establishment. */
async function fillParc(db: Database, { machinesEach }: Field): Promise<void> {
  const at = sql`${AT.toISOString()}::timestamptz`
  await db.transact(WORKER, async (tx) => {
    await tx.execute(sql`
      insert into machine (id, uai, identity, name, kind, agent, sections, content_digest, first_seen_at,
        last_inventory_at, bios_date)
      select gen_random_uuid(), e.uai, 'serial:' || n, 'POSTE-' || n,
        (array['workstation', 'laptop', 'server', 'network', 'printer', 'mobile', 'other'])[1 + n % 7], 'essai',
        jsonb_build_object('BIOS', repeat(md5(e.uai || n), 20)), md5(n::text), ${at}, ${at}, '2015-01-01'
      from etablissement e cross join generate_series(1, ${machinesEach}::int) n`)
    await tx.execute(sql`
      insert into evidence_current (uai, key, value, observed_at, received_at, expires_at, source, collector)
      select e.uai, case when n = 1 then 'backup.last_success_age' else 'essai.' || n end, to_jsonb(12), ${at}, ${at},
        ${at} + interval '3 days', 'essai', 'collecteur ' || n % 4
      from etablissement e cross join generate_series(1, 40) n`)
  })
}

async function fillKeys(db: Database, { holders, departements }: Field): Promise<void> {
  const at = sql`${AT.toISOString()}::timestamptz`
  await db.transact(WORKER, async (tx) => {
    await tx.execute(sql`
      create temporary table minted on commit drop as
      select gen_random_uuid() as holder, gen_random_uuid() as key, n from generate_series(1, ${holders}::int) n`)
    await tx.execute(sql`
      insert into otp_holder (id, kind, holder_function, login, display_name, academie, departement, created_at)
      select holder, 'nominative', 'enseignant', 'porteur.' || n, 'Porteur des Essais', '98',
        '99' || 1 + n % ${departements}::int, ${at} from minted`)
    await tx.execute(sql`
      insert into otp_key (id, serial, kind, unit_price_cents, academie, departement, state, state_since, holder_id,
        imported_at, expires_on)
      select key, 'ESSAI-' || n, 'hardware', 817, '98', '99' || 1 + n % ${departements}::int,
        (array['active', 'stock', 'paused', 'locked', 'lost', 'stolen', 'broken', 'revoked', 'returned', 'scrapped',
          'initialised', 'handed_over'])[1 + n / 7 % 12], ${at}, holder, ${at}, '2029-01-01' from minted`)
    await tx.execute(sql`
      insert into otp_credential (holder_id, academie, login, key_id, active, fail_count, last_attempt_at)
      select holder, '98', 'porteur.' || n, key, true, n % 2, ${at} from minted`)
    await tx.execute(sql`
      insert into stock_threshold (academie, departement, minimum)
      select '98', '99' || n, 20 from generate_series(1, ${departements}::int) n`)
  })
}

/** Writes what the metrics of one académie are read from. */
export async function fillMetrics(db: Database, field: Field): Promise<void> {
  await fillEtablissements(db, field)
  await fillScores(db)
  await fillParc(db, field)
  await fillKeys(db, field)
  await db.query('vacuum analyze')
}
