import { schema } from '@vigie/db'
import type { Role } from '@vigie/db/schema'
import { isRequirementId, requirementById, type Level, type RequirementId } from '@vigie/rules'
import { eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { arbitrate } from '../arbitrations/arbitrate.ts'
import { approveDerogation } from '../derogations/approve-derogation.ts'
import { declare } from '../declarations/declare.ts'
import { requestDerogation } from '../derogations/request-derogation.ts'
import { leaveCases } from './review/leave-cases.ts'
import { openAccount } from './open-accounts.ts'
import { planPeople, type Persona } from './people.ts'
import { toldOf, type PlannedEtablissement } from './plan/etablissements.ts'

const DAY_MS = 86_400_000

/** Requirements that nothing observes and that heads answer for. */
const DECLARED = ['INF-PDT-4', 'INF-DIF-5', 'MCO-SVG-9', 'UTI-CTR-2'] as const

/**
 * What people decide: declarations, contradictions, one arbitration, one derogation, through the verbs that the
 * screens use, each under the account of the person who may.
 */
export async function settleDecisions(ctx: Context, items: readonly PlannedEtablissement[]): Promise<void> {
  const people = planPeople()
  const rssi = await openAccount(ctx, byRole(people, 'rssi'))
  const { college, ecole } = toldOf(items)
  await speakFor(ctx, byRole(people, 'chef_etablissement'), college)
  await speakFor(ctx, byRole(people, 'directeur_ecole'), ecole)
  for (const item of otherHeads(items)) await speakFor(ctx, headOf(item), item)
  await arbitrateOne({ ...ctx, actor: rssi }, otherHeads(items)[0] ?? college)
  await derogate(ctx, byRole(people, 'chef_etablissement'), byRole(people, 'rssi'), college)
  const speaking = async (role: Role) => ({ ...ctx, actor: await openAccount(ctx, byRole(people, role)) })
  await leaveCases({
    college: {
      head: await speaking('chef_etablissement'),
      uai: college.uai,
      demanded: await gapsOf(ctx, college, 'E', 'non_compliant'),
    },
    ecole: {
      head: await speaking('directeur_ecole'),
      uai: ecole.uai,
      recommended: [
        ...(await gapsOf(ctx, ecole, 'R', 'non_compliant')),
        ...(await gapsOf(ctx, ecole, 'R', 'partial')),
      ],
    },
  })
}

function byRole(people: readonly Persona[], role: Role): Persona {
  const found = people.find(({ grants }) => grants.some((grant) => grant.role === role))
  if (!found) throw new Error(`no account for the role ${role}`)
  return found
}

const otherHeads = (items: readonly PlannedEtablissement[]) =>
  items
    .filter(
      ({ profile, circonscription, closedOn }) =>
        profile === 'tired' && circonscription === null && closedOn === null,
    )
    .slice(0, 4)

const headOf = (item: PlannedEtablissement): Persona => ({
  login: `chef.${item.uai.toLowerCase()}.demo`,
  displayName: `Direction, ${item.name}`,
  grants: [{ role: 'chef_etablissement', perimeter: { kind: 'etablissement', code: item.uai } }],
  perimeterLabel: item.name,
})

/** Gaps of an establishment at a level, worst first. */
async function gapsOf(
  ctx: Context,
  item: PlannedEtablissement,
  level: Level,
  status: string,
): Promise<RequirementId[]> {
  const degree = item.circonscription === null ? 'd2' : 'd1'
  const rows = await ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.select().from(schema.requirementStatus).where(eq(schema.requirementStatus.uai, item.uai)),
  )
  return rows
    .filter((row) => row.status === status && requirementById(row.requirement)?.levels[degree] === level)
    .map(({ requirement }) => requirement)
    .filter(isRequirementId)
    .toSorted()
}

/** A head declares what nothing observes, and contradicts one observed gap. */
async function speakFor(ctx: Context, persona: Persona, item: PlannedEtablissement): Promise<void> {
  const actor = await openAccount(ctx, persona)
  const speaking = { ...ctx, actor }
  for (const [at, requirement] of DECLARED.entries()) {
    await declare(
      speaking,
      { uai: item.uai, requirement },
      at % 3 === 2
        ? {
            verdict: 'partial',
            comment: 'Affichage fait en salle informatique ; reste à informer les nouveaux personnels.',
          }
        : { verdict: 'compliant', comment: 'Vérifié à la rentrée avec le référent numérique.' },
    )
  }
  const [gap] = await gapsOf(ctx, item, 'E', 'non_compliant')
  if (gap === undefined) return
  await declare(
    speaking,
    { uai: item.uai, requirement: gap },
    { verdict: 'compliant', comment: 'Le prestataire nous a confirmé la mise en place.' },
  )
}

async function arbitrateOne(ctx: Context, item: PlannedEtablissement): Promise<void> {
  const [requirement] = await gapsOf(ctx, item, 'E', 'contradiction')
  if (requirement === undefined) return
  await arbitrate(
    ctx,
    { uai: item.uai, requirement },
    {
      verdict: 'partial',
      reason:
        'Constaté sur place : la mesure existe pour l’administration, pas encore pour les salles de classe.',
      expiresAt: daysAfter(ctx, 180),
    },
  )
}

async function derogate(
  ctx: Context,
  asking: Persona,
  granting: Persona,
  item: PlannedEtablissement,
): Promise<void> {
  const [chef, rssi] = [await openAccount(ctx, asking), await openAccount(ctx, granting)]
  const gaps = [
    ...(await gapsOf(ctx, item, 'R', 'non_compliant')),
    ...(await gapsOf(ctx, item, 'R', 'partial')),
  ]
  const [requirement] = gaps
  if (requirement === undefined) return
  const request = await requestDerogation(
    { ...ctx, actor: chef },
    { uai: item.uai },
    {
      requirement,
      justification:
        'Le remplacement des équipements est inscrit au budget de la collectivité pour l’an prochain ; le risque est suivi chaque mois.',
      expiresAt: daysAfter(ctx, 365),
    },
  )
  await approveDerogation({ ...ctx, actor: rssi }, { uai: item.uai, id: request.id }, {})
}

const daysAfter = (ctx: Context, days: number) =>
  new Date(ctx.clock.now().getTime() + days * DAY_MS).toISOString()
