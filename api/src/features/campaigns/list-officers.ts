import { rowsOf } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import { labelPerimeters } from '../../access/perimeter-labels.ts'
import { ROLE_LABELS } from '../../access/roles.ts'
import type { Context } from '../../context.ts'
import { findCampaign } from './find-campaign.ts'
import { officersEverywhere } from './officers.ts'

/** To whom establishments of a campaign may be given: officers whose perimeter meets it. Errors: `forbidden`, `not_found`. */
export async function listOfficers(ctx: Context, id: string) {
  const identity = authorise(ctx.actor, 'campaign:manage')
  const places = await ctx.db.transact(identity, async (tx) => {
    await findCampaign(tx, id)
    const found = await tx.execute(sql`
      select distinct p.kind || ' ' || p.code as key
      from campaign_etablissement c join etablissement e on e.uai = c.uai cross join lateral (values
        ('academie', e.academie), ('departement', e.departement), ('circonscription', e.circonscription),
        ('bassin', e.bassin), ('collectivite', e.collectivite), ('etablissement', e.uai)
      ) as p (kind, code)
      where c.campaign_id = ${id} and p.code is not null`)
    return new Set(rowsOf<{ key: string }>(found).map(({ key }) => key))
  })
  const officers = (await officersEverywhere(ctx)).flatMap(({ grants, ...officer }) => {
    const grant = grants.find(({ perimeter: { kind, code } }) => places.has(`${kind} ${code}`))
    return grant ? [{ ...officer, grant }] : []
  })
  const labels = await labelPerimeters(
    ctx,
    { role: 'vigie_worker' },
    officers.map(({ grant }) => grant.perimeter),
  )
  return {
    rows: officers.map(({ id: accountId, name, grant }, index) => ({
      id: accountId,
      name,
      roleLabel: ROLE_LABELS[grant.role],
      perimeterLabel: labels[index] ?? '',
    })),
  }
}
