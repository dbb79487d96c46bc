import { rowsOf, type Tx } from '@vigie/db'
import type { KeyState } from '@vigie/db/schema'
import { sql } from 'drizzle-orm'
import type { Figures } from './schema.ts'

/** A key that was activated and is still with its holder: a forgotten PIN does not take it off the count. */
export const ACTIVATED = ['active', 'paused', 'locked'] as const satisfies readonly KeyState[]
/** A key that is with its holder. */
export const IN_HANDS = ['handed_over', ...ACTIVATED] as const satisfies readonly KeyState[]

const listed = (states: readonly KeyState[]) =>
  sql.join(
    states.map((state) => sql`${state}`),
    sql`, `,
  )
const activated = sql`k.state in (${listed(ACTIVATED)})`
const inHands = sql`k.state in (${listed(IN_HANDS)})`
const ofDirecteur = sql`h.holder_function = 'directeur_ecole'`

/** The figures of the weekly report by département, over the hardware keys that the transaction sees. */
export async function countFigures(tx: Tx, academie: string): Promise<(Figures & { code: string })[]> {
  const result = await tx.execute(sql`
    select k.departement as code,
      count(*) filter (where ${activated})::int as activated,
      count(*) filter (where ${inHands} and ${ofDirecteur})::int as "handedToDirecteurs",
      count(*) filter (where ${activated} and ${ofDirecteur})::int as "activatedByDirecteurs"
    from otp_key k left join otp_holder h on h.id = k.holder_id
    where k.academie = ${academie} and k.kind = 'hardware' and k.departement is not null
    group by 1`)
  return rowsOf<Figures & { code: string }>(result)
}

/** Hardware keys by département and state. */
export async function countStates(tx: Tx, academie: string) {
  const result = await tx.execute(sql`
    select k.departement as code, k.state, count(*)::int as count from otp_key k
    where k.academie = ${academie} and k.kind = 'hardware' and k.departement is not null
    group by 1, 2`)
  return rowsOf<{ code: string; state: KeyState; count: number }>(result)
}

interface Equipped {
  readonly code: string
  readonly equipped: number
  readonly total: number
}

/** Open primary schools whose director has a key in hand. */
export async function countEcoles(tx: Tx, academie: string): Promise<Equipped[]> {
  const result = await tx.execute(sql`
    with equipped as (
      select distinct k.uai from otp_key k join otp_holder h on h.id = k.holder_id
      where k.kind = 'hardware' and ${inHands} and ${ofDirecteur} and k.uai is not null
    )
    select e.departement as code, count(*)::int as total, count(q.uai)::int as equipped
    from etablissement e left join equipped q on q.uai = e.uai
    where e.academie = ${academie} and e.degree = 'd1' and e.state = 'ouvert'
    group by 1`)
  return rowsOf<Equipped>(result)
}

/** Communes with an open public primary school, whose mairie has a key in hand. */
export async function countMairies(tx: Tx, academie: string): Promise<Equipped[]> {
  const result = await tx.execute(sql`
    with equipped as (
      select distinct h.commune_code from otp_key k join otp_holder h on h.id = k.holder_id
      where k.kind = 'hardware' and ${inHands} and h.kind = 'mairie'
    ), mairie as (
      select distinct e.departement, e.commune_code from etablissement e
      where e.academie = ${academie} and e.degree = 'd1' and e.sector = 'public' and e.state = 'ouvert'
    )
    select m.departement as code, count(*)::int as total, count(q.commune_code)::int as equipped
    from mairie m left join equipped q on q.commune_code = m.commune_code
    group by 1`)
  return rowsOf<Equipped>(result)
}

/** Activations since an instant, by département and civil day of a time zone. */
export async function countActivations(tx: Tx, academie: string, since: Date, timeZone: string) {
  const result = await tx.execute(sql`
    select k.departement as code, to_char(t.at at time zone ${timeZone}, 'YYYY-MM-DD') as day, count(*)::int as count
    from key_transition t join otp_key k on k.id = t.key_id
    where t.transition = 'activate' and t.at >= ${since.toISOString()}::timestamptz
      and k.academie = ${academie} and k.kind = 'hardware' and k.departement is not null
    group by 1, 2`)
  return rowsOf<{ code: string; day: string; count: number }>(result)
}
