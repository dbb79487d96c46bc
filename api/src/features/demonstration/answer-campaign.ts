import { checkFor, REQUIREMENTS, type DecidedVerdict } from '@vigie/rules'
import type { Context } from '../../context.ts'
import { declareMany, type RequirementDeclaration } from '../declarations/declare-many.ts'
import { openAccount } from './open-accounts.ts'
import type { Persona } from './people.ts'
import { qualityAt } from './plan/evidence.ts'
import type { PlannedEtablissement } from './plan/etablissements.ts'
import { DEPARTEMENTS_OF_VALMONT } from './plan/places.ts'
import { PROFILES } from './plan/profiles.ts'
import { chanceOf, pick } from './plan/sequence.ts'
import type { Step } from './plan/steps.ts'

/** What nothing observes and that is at least recommended: heads alone can say where it stands. */
const DECLARABLE = REQUIREMENTS.filter(
  ({ id, levels }) => checkFor(id) === undefined && (levels.d1 !== 'F' || levels.d2 !== 'F'),
).map(({ id }) => id)

const COMMENTS: Readonly<Record<DecidedVerdict, readonly string[]>> = {
  compliant: [
    'Vérifié à la rentrée avec le référent numérique.',
    'Inscrit dans la charte signée par les personnels.',
    'Contrôlé lors de la visite du prestataire.',
  ],
  partial: [
    'En place à l’administration, pas encore dans les salles.',
    'Fait pour les nouveaux matériels seulement.',
  ],
  non_compliant: ['Rien n’est en place à ce jour.', 'Demandé à la collectivité, sans réponse.'],
  not_applicable: ['L’établissement n’a pas ce service.'],
}

const HEADS = {
  d1: { role: 'directeur_ecole', title: 'Directions d’écoles', login: 'ecoles' },
  d2: { role: 'chef_etablissement', title: 'Chefs d’établissement', login: 'eple' },
} as const

function verdictOf(item: PlannedEtablissement, step: Step, requirement: string): DecidedVerdict {
  const luck = chanceOf(item.uai, requirement, 'declared')
  if (luck > 0.97) return 'not_applicable'
  const quality = qualityAt(item, step) + 0.12
  if (luck < quality) return 'compliant'
  return luck < quality + 0.12 ? 'partial' : 'non_compliant'
}

function declarationsOf(item: PlannedEtablissement, step: Step): RequirementDeclaration[] {
  return DECLARABLE.filter(
    (requirement) => chanceOf(item.uai, requirement, 'answered') < PROFILES[item.profile].declared,
  ).map((requirement) => {
    const verdict = verdictOf(item, step, requirement)
    return { requirement, verdict, comment: pick(COMMENTS[verdict], item.uai, requirement) }
  })
}

/** Half of the heads answer the campaign; one account per département and degree speaks for its establishments. */
export async function answerCampaign(
  ctx: Context,
  items: readonly PlannedEtablissement[],
  step: Step,
  half: 'first' | 'second',
): Promise<void> {
  const open = items.filter(({ closedOn }) => closedOn === null)
  for (const { code, name } of DEPARTEMENTS_OF_VALMONT)
    for (const degree of ['d1', 'd2'] as const) {
      const own = open.filter(
        ({ commune, circonscription }) =>
          commune.departement === code && (circonscription !== null) === (degree === 'd1'),
      )
      if (own.length === 0) continue
      const actor = await openAccount(ctx, headsOf(degree, code, name, own))
      const answering = own.filter(({ uai }) => chanceOf(uai, 'wave') < 0.5 === (half === 'first'))
      for (const item of answering) await declareMany({ ...ctx, actor }, item, declarationsOf(item, step))
    }
}

function headsOf(
  degree: 'd1' | 'd2',
  code: string,
  name: string,
  own: readonly PlannedEtablissement[],
): Persona {
  const { role, title, login } = HEADS[degree]
  return {
    login: `${login}.${code}.demo`,
    displayName: `${title}, ${name}`,
    grants: own.map(({ uai }) => ({ role, perimeter: { kind: 'etablissement', code: uai } })),
    perimeterLabel: name,
  }
}
