import { rowsOf, schema, type Perimeter, type Tx } from '@vigie/db'
import { and, eq, sql, type SQL } from 'drizzle-orm'
import { AppError } from '../../errors.ts'
import type { CampaignRow } from './find-campaign.ts'

const { etablissement } = schema

const COLUMNS = {
  academie: etablissement.academie,
  departement: etablissement.departement,
  circonscription: etablissement.circonscription,
  bassin: etablissement.bassin,
  collectivite: etablissement.collectivite,
  etablissement: etablissement.uai,
} as const

/** Condition of the open establishments that a campaign takes. */
export const takenBy = (
  campaign: Pick<CampaignRow, 'academie' | 'perimeterKind' | 'perimeterCode' | 'degree'>,
): SQL =>
  and(
    eq(etablissement.state, 'ouvert'),
    eq(etablissement.academie, campaign.academie),
    eq(COLUMNS[campaign.perimeterKind], campaign.perimeterCode),
    ...(campaign.degree === null ? [] : [eq(etablissement.degree, campaign.degree)]),
  )!

/**
 * In: a perimeter that a person asks for, in the caller's own transaction. Out: its académie, the one with most of its
 * establishments when it reaches into several. Errors: `invalid_input` when the caller sees none there.
 */
export async function academieOfPerimeter(tx: Tx, { kind, code }: Perimeter): Promise<string> {
  const found = await tx.execute(sql`
    select ${etablissement.academie} as academie from ${etablissement}
    where ${eq(COLUMNS[kind], code)} and ${eq(etablissement.state, 'ouvert')}
    group by 1 order by count(*) desc, 1 limit 1`)
  const [first] = rowsOf<{ academie: string }>(found)
  if (first) return first.academie
  const detail = 'Aucun établissement ouvert de votre périmètre n’est là : vérifiez la nature et le code.'
  throw new AppError('invalid_input', detail, { errors: [{ pointer: '/perimeter/code', detail }] })
}

/** How many establishments the campaign would take today. */
export async function countTaken(tx: Tx, campaign: CampaignRow): Promise<number> {
  return tx.$count(etablissement, takenBy(campaign))
}
