import { recordset, rowsOf, type Tx } from '@vigie/db'
import { parseUai } from '@vigie/rules'
import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { holdCampaign, todayFor, type CampaignRow } from './find-campaign.ts'
import { narrowed } from './narrow.ts'
import { officersEverywhere, reachedBy, type Officer } from './officers.ts'
import type { AssignmentInput, AssignmentsInput } from './schema.ts'

/**
 * Gives establishments of an open campaign to an officer, fixes the day of the visit, or both: those named, or all
 * those of a filter. Out: how many. Errors: `forbidden`, `not_found`, `conflict`, `invalid_input`.
 */
export async function assignEtablissements(
  ctx: Context,
  id: string,
  input: AssignmentsInput,
): Promise<{ etablissements: number }> {
  const identity = authorise(ctx.actor, 'campaign:manage')
  if (input.officer === undefined && input.visitOn === undefined)
    throw fault('/officer', 'Choisissez un agent, un jour de visite, ou les deux.')
  if (input.uais === undefined && input.filter === undefined)
    throw fault('/uais', 'Choisissez les établissements à confier.')
  const officer = await officerNamed(ctx, input.officer)
  return write(ctx, identity, async (tx) => {
    const campaign = await holdCampaign(tx, id, 'assign')
    checkDay(campaign, input.visitOn)
    const uais = await chosenUais(tx, ctx, campaign, input)
    if (officer) await refuseStranger(tx, officer, uais)
    const set: SQL[] = [
      ...(input.officer === undefined ? [] : [sql`officer = ${input.officer}::uuid`]),
      ...(input.visitOn === undefined ? [] : [sql`visit_on = ${input.visitOn}::date`]),
    ]
    await tx.execute(sql`
      update campaign_etablissement c set ${sql.join(set, sql`, `)}
      from ${wanted(uais)} where c.campaign_id = ${id} and c.uai = w.uai`)
    await record(tx, ctx, {
      action: 'campaign.assign',
      subject: { kind: 'campaign', id },
      ...(uais.length === 1 ? { uai: uais[0]! } : {}),
      details: {
        etablissements: uais.length,
        ...(input.officer === undefined ? {} : { officer: input.officer }),
        ...(input.visitOn === undefined ? {} : { visitOn: input.visitOn }),
      },
    })
    return { etablissements: uais.length }
  })
}

/** One establishment of an open campaign. Errors: those of `assignEtablissements`. */
export const assignEtablissement = (
  ctx: Context,
  target: { readonly id: string; readonly uai: string },
  input: AssignmentInput,
): Promise<{ etablissements: number }> =>
  assignEtablissements(ctx, target.id, { ...input, uais: [target.uai] })

const wanted = (uais: readonly string[]): SQL =>
  recordset(
    uais.map((uai) => ({ uai })),
    'w(uai text)',
  )

async function officerNamed(ctx: Context, id: string | null | undefined): Promise<Officer | null> {
  if (id === null || id === undefined) return null
  const found = (await officersEverywhere(ctx)).find((officer) => officer.id === id)
  if (found) return found
  throw fault('/officer', 'Ce compte ne fait pas de visites : choisissez dans la liste.')
}

function checkDay({ startsOn, endsOn }: CampaignRow, visitOn: string | null | undefined): void {
  if (typeof visitOn !== 'string' || (startsOn <= visitOn && visitOn <= endsOn)) return
  throw fault('/visitOn', 'Ce jour est hors des dates de la campagne.')
}

async function chosenUais(tx: Tx, ctx: Context, campaign: CampaignRow, input: AssignmentsInput) {
  const today = todayFor(ctx, campaign.academie)
  const given = input.uais && [...new Set(input.uais.map((text) => parseUai(text) ?? text))]
  const where = narrowed(campaign.id, input.filter ?? {}, ctx.actor, today)
  const found = await tx.execute(sql`
    select c.uai from campaign_etablissement c join etablissement e on e.uai = c.uai
    ${given ? sql`join ${wanted(given)} on w.uai = c.uai` : sql``} where ${where} order by c.uai for update of c`)
  const uais = rowsOf<{ uai: string }>(found).map(({ uai }) => uai)
  if (uais.length === 0 || (given && uais.length < given.length))
    throw new AppError(
      'not_found',
      'Un des établissements choisis n’est pas dans cette campagne, ou pas dans votre périmètre.',
    )
  return uais
}

async function refuseStranger(tx: Tx, officer: Officer, uais: readonly string[]): Promise<void> {
  const found = await tx.execute(sql`
    select count(*)::int as count from ${wanted(uais)} join etablissement e on e.uai = w.uai
    where not ${reachedBy([officer], sql`${officer.id}::uuid`)}`)
  const outside = rowsOf<{ count: number }>(found)[0]?.count ?? 0
  if (outside === 0) return
  throw fault(
    '/officer',
    `${officer.name} n’a pas accès à ${outside === 1 ? 'un de ces établissements' : `${outside} de ces établissements`} : choisissez un agent de ce secteur.`,
  )
}

const fault = (pointer: string, detail: string) =>
  new AppError('invalid_input', detail, { errors: [{ pointer, detail }] })
