import { rowsOf } from '@vigie/db'
import type { TargetModule } from '@vigie/db/schema'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import type { DiscoveryQuery, TargetGroup } from './schema.ts'

interface Found {
  readonly uai: string
  readonly academie: string
  readonly departement: string
  readonly module: TargetModule
  readonly address: string
  readonly service: string | null
}

/**
 * What Prometheus must watch now, over the token's perimeter: open establishments, targets not put aside, machines still
 * in the parc. Always the full list, in a stable order. `uai` stands in the labels and nowhere else. Errors:
 * `unauthenticated`, `forbidden`.
 */
export async function discoverTargets(ctx: Context, query: DiscoveryQuery): Promise<TargetGroup[]> {
  const identity = authorise(ctx.actor, 'discovery:read')
  const wanted = query.module === undefined ? sql`true` : sql`t.module = ${query.module}`
  const found = await ctx.db.transact(identity, (tx) =>
    tx.execute(sql`
      select t.uai, e.academie, e.departement, t.module, t.address, t.service
      from supervision_target t
      join etablissement e on e.uai = t.uai and e.state = 'ouvert'
      left join machine m on m.id = t.machine_id and m.uai = t.uai
      where t.disabled_at is null and m.retired_at is null and ${wanted}
      order by t.uai collate "C", t.module collate "C", t.address collate "C"`),
  )
  return rowsOf<Found>(found).map(({ uai, academie, departement, module, address, service }) => ({
    targets: [address],
    labels: { uai, academie, departement, module, ...(service === null ? {} : { service }) },
  }))
}
