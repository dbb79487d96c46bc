import { recordset, rowsOf, type Tx } from '@vigie/db'
import type { EvidenceKey } from '@vigie/rules'
import { sql, type SQL } from 'drizzle-orm'
import type { People } from './read-people.ts'
import { sharedStations } from './shared-stations.ts'
import { supervisionDashboards } from './supervision-dashboards.ts'

/** What Vigie's own tables prove of one establishment. */
export interface OwnProof {
  readonly uai: string
  readonly key: EvidenceKey
  readonly value: number | boolean
}

const AVAILABILITY_DAYS = 3

const rowsFor = async (tx: Tx, key: EvidenceKey, query: SQL): Promise<OwnProof[]> =>
  rowsOf<{ uai: string; value: number | boolean }>(await tx.execute(query)).map(({ uai, value }) => ({
    uai,
    key,
    value,
  }))

/** CARINE MCO-SEI-10: everyone who came over 30 days and sees the supervision was asked for a code. */
const strongSignIns = (tx: Tx, { viewers }: People) =>
  rowsFor(
    tx,
    'supervision.strong_authentication',
    sql`
      select e.uai, bool_and(seen.strong) as value
      from etablissement e cross join lateral (values
        ('academie', e.academie), ('departement', e.departement), ('circonscription', e.circonscription),
        ('bassin', e.bassin), ('collectivite', e.collectivite), ('etablissement', e.uai)) held(kind, code)
      join ${recordset(viewers, 'seen(kind text, code text, strong boolean)')}
        on seen.kind = held.kind and seen.code = held.code
      where e.state = 'ouvert' group by e.uai`,
  )

/** CARINE MCO-SEI-5: services whose availability is measured now; none where equipment is watched and no service is. */
const measuredServices = (tx: Tx, at: Date) =>
  rowsFor(
    tx,
    'supervision.services_measured',
    sql`
      with recent as (
        select uai, count(distinct service)::int as services from service_availability
        where observed_at > ${at.toISOString()}::timestamptz - make_interval(days => ${AVAILABILITY_DAYS}::int)
        group by uai
      ), watched as (
        select uai from evidence_current
        where key = 'supervision.targets' and value > '0'::jsonb and expires_at > ${at.toISOString()}::timestamptz
      )
      select e.uai, coalesce(r.services, 0) as value
      from etablissement e left join recent r on r.uai = e.uai
      where e.state = 'ouvert' and (r.uai is not null or e.uai in (select uai from watched))`,
  )

/** CARINE INF-AUT-13: staff of the establishment hold keys in use; false where holders have none. */
const strongKeys = (tx: Tx) =>
  rowsFor(
    tx,
    'auth.strong_available',
    sql`
      select h.uai, bool_or(coalesce(k.state = 'active', false)) as value
      from otp_holder h join etablissement e on e.uai = h.uai left join otp_key k on k.holder_id = h.id
      where e.state = 'ouvert' and h.departed_at is null group by h.uai`,
  )

interface ParcCount {
  readonly uai: string
  readonly inService: number
  readonly searchable: number
  readonly retired: number
}

/** CARINE MCO-PAR-3, MCO-PAR-10, MCO-PAR-11: what the search finds, what the head sees, what left. */
async function parc(tx: Tx, { heads }: People): Promise<OwnProof[]> {
  const counted = rowsOf<ParcCount>(
    await tx.execute(sql`
      select m.uai, count(*) filter (where m.retired_at is null)::int as "inService",
        count(*) filter (where m.retired_at is null and m.name <> '' and m.kind <> 'other'
          and m.serial is not null and m.model is not null)::int as searchable,
        count(*) filter (where m.retired_at is not null)::int as retired
      from machine m join etablissement e on e.uai = m.uai where e.state = 'ouvert' group by m.uai`),
  )
  const led = new Set(heads)
  return counted.flatMap(({ uai, inService, searchable, retired }) => [
    { uai, key: 'parc.machine.searchable', value: searchable },
    ...(inService > 0 ? [{ uai, key: 'parc.dashboard_available', value: led.has(uai) } as const] : []),
    { uai, key: 'parc.retired.count', value: retired },
    // How a machine was disposed of is not recorded here: only an absence of machines proves anything.
    ...(retired === 0 ? [{ uai, key: 'parc.retired.documented', value: 0 } as const] : []),
  ])
}

/** CARINE MCO-SVG-8: age in days of the newest restore test that succeeded. */
const restoreTests = (tx: Tx, at: Date) =>
  rowsFor(
    tx,
    'backup.restore_test_age',
    sql`
      select t.uai, round((extract(epoch from ${at.toISOString()}::timestamptz - max(t.performed_at)) / 86400)::numeric, 2)::float8
        as value
      from restore_test t join etablissement e on e.uai = t.uai
      where t.result = 'success' and t.performed_at <= ${at.toISOString()}::timestamptz and e.state = 'ouvert'
      group by t.uai`,
  )

/** Everything that Vigie proves by itself, under the worker's role. An establishment of which it knows nothing has no row. */
export async function ownProofs(
  tx: Tx,
  people: People,
  at: Date,
): Promise<{ readonly own: OwnProof[]; readonly restored: OwnProof[] }> {
  return {
    own: [
      ...(await strongSignIns(tx, people)),
      ...(await measuredServices(tx, at)),
      ...(await strongKeys(tx)),
      ...(await parc(tx, people)),
      ...(await supervisionDashboards(tx, people, at)),
      ...(await sharedStations(tx, at)),
    ],
    restored: await restoreTests(tx, at),
  }
}
