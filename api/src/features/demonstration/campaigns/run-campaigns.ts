import type { Role } from '@vigie/db/schema'
import type { Actor } from '../../../access/actor.ts'
import type { Context } from '../../../context.ts'
import { assignEtablissements } from '../../campaigns/assign-etablissements.ts'
import { closeCampaign } from '../../campaigns/close-campaign.ts'
import { createCampaign } from '../../campaigns/create-campaign.ts'
import { listCampaigns } from '../../campaigns/list-campaigns.ts'
import { openCampaign } from '../../campaigns/open-campaign.ts'
import { recordFinding } from '../../findings/record-finding.ts'
import { sendAnswers } from '../../visits/send-answers.ts'
import { startVisit } from '../../visits/start-visit.ts'
import { openAccount } from '../open-accounts.ts'
import { planPeople } from '../people.ts'
import { toldOf, type PlannedEtablissement } from '../plan/etablissements.ts'

const DAY_MS = 86_400_000
const SUMMER = 'Sauvegardes et journaux, fin d’année'
const AUTUMN = 'Sauvegardes et journaux avant l’hiver'
const ACADEMIE = { kind: 'academie', code: '98' } as const

const dayAfter = (ctx: Context, days: number): string =>
  new Date(ctx.clock.now().getTime() + days * DAY_MS).toISOString().slice(0, 10)

async function actorIn(ctx: Context, role: Role): Promise<Actor> {
  const persona = planPeople().find(({ grants }) => grants.some((grant) => grant.role === role))
  if (!persona) throw new Error(`no account for the role ${role}`)
  return openAccount(ctx, persona)
}
const as = async (ctx: Context, role: Role): Promise<Context> => ({ ...ctx, actor: await actorIn(ctx, role) })

async function named(ctx: Context, name: string): Promise<string> {
  const { rows } = await listCampaigns(ctx, {})
  const found = rows.find((row) => row.name === name)
  if (!found) throw new Error(`no campaign named ${name}`)
  return found.id
}

/** The RSSI opens a first campaign, before the summer. */
export async function openSummerCampaign(ctx: Context): Promise<void> {
  const rssi = await as(ctx, 'rssi')
  const { id } = await createCampaign(rssi, {
    name: SUMMER,
    purpose: 'Savoir, avant l’été, quels établissements sauvegardent et gardent leurs journaux.',
    startsOn: dayAfter(ctx, 0),
    endsOn: dayAfter(ctx, 40),
    perimeter: ACADEMIE,
    services: ['MCO-SVG', 'MCO-JAL'],
  })
  await openCampaign(rssi, id)
}

/** It is closed once its time is over. */
export async function closeSummerCampaign(ctx: Context): Promise<void> {
  const rssi = await as(ctx, 'rssi')
  await closeCampaign(rssi, await named(rssi, SUMMER))
}

/** A second one starts from it, with officers and days of visit. */
export async function openAutumnCampaign(
  ctx: Context,
  items: readonly PlannedEtablissement[],
): Promise<void> {
  const rssi = await as(ctx, 'rssi')
  const { id } = await createCampaign(rssi, {
    name: AUTUMN,
    purpose:
      'Vérifier que ce qui manquait avant l’été est en place, et que chacun sait restaurer ses fichiers.',
    startsOn: dayAfter(ctx, 0),
    endsOn: dayAfter(ctx, 60),
    basedOn: await named(rssi, SUMMER),
  })
  await openCampaign(rssi, id)
  const osp = await actorIn(ctx, 'osp')
  if (osp.kind !== 'account') return
  await assignEtablissements(rssi, id, { officer: osp.id, filter: { departement: '991' } })
  const near = items
    .filter(({ commune, closedOn }) => commune.departement === '991' && closedOn === null)
    .slice(0, 8)
  for (const [at, { uai }] of near.entries())
    await assignEtablissements(rssi, id, { uais: [uai], visitOn: dayAfter(ctx, 24 + at) })
  const { college } = toldOf(items)
  await assignEtablissements(rssi, id, { uais: [college.uai], officer: osp.id, visitOn: dayAfter(ctx, 30) })
}

const SEEN = [
  ['MCO-SVG-2', 'partial', 'Deux versions seulement sont gardées.'],
  ['MCO-SVG-9', 'compliant', 'Consigne affichée en salle des professeurs.'],
  ['MCO-JAL-4', 'non_compliant', 'Les utilisateurs n’ont pas été informés.'],
] as const

/** An officer is at the told collège: some answers, one finding, the rest to do. */
export async function visitCollege(ctx: Context, items: readonly PlannedEtablissement[]): Promise<void> {
  const osp = await as(ctx, 'osp')
  const { uai } = toldOf(items).college
  const campaignId = await named(osp, AUTUMN)
  const { id } = await startVisit(osp, { uai }, { campaignId, visitedOn: dayAfter(ctx, 0), note: null })
  await sendAnswers(osp, id, {
    answers: SEEN.map(([requirement, verdict, comment]) => ({
      id: ctx.random.uuid(),
      requirement,
      verdict,
      comment,
      answeredAt: ctx.clock.now().toISOString(),
      basedOn: null,
    })),
  })
  await recordFinding(
    osp,
    { uai },
    {
      requirement: 'MCO-SVG-1',
      visitId: id,
      nature: 'A',
      description:
        'Le disque de sauvegarde reste branché au serveur : une panne ou un rançongiciel emporterait les deux.',
      dueOn: dayAfter(ctx, 21),
      proofIds: [],
    },
  )
}
