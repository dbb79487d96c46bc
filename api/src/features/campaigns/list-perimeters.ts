import { rowsOf } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { academieName, collectiviteName, departementName } from '../etablissements/labels.ts'
import { CHOSEN_KINDS, type CampaignPerimeter } from './schema.ts'

interface Row {
  readonly kind: CampaignPerimeter['kind']
  readonly code: string
  readonly name: string | null
  readonly etablissements: number
}

function labelOf({ kind, code, name }: Row): string {
  switch (kind) {
    case 'academie':
      return academieName(code)
    case 'departement':
      return departementName(code)
    case 'collectivite':
      return collectiviteName(code, name)
    case 'circonscription':
    case 'bassin':
      return name ?? code
  }
}

const ALPHABET = new Intl.Collator('fr')

/**
 * The perimeters that a campaign may take where the reader sees open establishments, widest kinds first, each kind in
 * the order of the alphabet. A single establishment is searched among the establishments. Errors: `forbidden`.
 */
export async function listPerimeters(ctx: Context): Promise<{ rows: CampaignPerimeter[] }> {
  const identity = authorise(ctx.actor, 'campaign:manage')
  const found = await ctx.db.transact(identity, (tx) =>
    tx.execute(sql`
      select p.kind, p.code, min(p.name) as name, count(*)::int as etablissements
      from etablissement e cross join lateral (values
        ('academie', e.academie, null), ('departement', e.departement, null),
        ('circonscription', e.circonscription, e.circonscription_name), ('bassin', e.bassin, e.bassin_name),
        ('collectivite', e.collectivite, e.commune)
      ) as p (kind, code, name)
      where e.state = 'ouvert' and p.code is not null
      group by 1, 2`),
  )
  const rows = rowsOf<Row>(found).map((row) => ({
    kind: row.kind,
    code: row.code,
    label: labelOf(row),
    etablissements: row.etablissements,
  }))
  return {
    rows: rows.toSorted(
      (a, b) =>
        CHOSEN_KINDS.indexOf(a.kind) - CHOSEN_KINDS.indexOf(b.kind) ||
        ALPHABET.compare(a.label, b.label) ||
        (a.code < b.code ? -1 : 1),
    ),
  }
}
