import type { Role } from '@vigie/db/schema'
import type { Grant } from '../../access/actor.ts'
import { ROLE_LABELS } from '../../access/roles.ts'
import { planEtablissements, toldOf, type PlannedEtablissement } from './plan/etablissements.ts'

/** Same for every demonstration account; production refuses to start while such an account exists. */
export const DEMONSTRATION_PASSWORD = 'brume-et-serre-2026'

export interface Persona {
  readonly login: string
  readonly displayName: string
  /** The first is the one that the banner shows. */
  readonly grants: readonly Grant[]
  readonly perimeterLabel: string
}

export interface DemonstrationAccount {
  readonly login: string
  readonly password: string
  readonly roleLabel: string
  readonly perimeterLabel: string
}

const ACADEMIE: Grant['perimeter'] = { kind: 'academie', code: '98' }

const persona = (
  role: Role,
  displayName: string,
  perimeter: Grant['perimeter'],
  perimeterLabel: string,
  login = `${role.split('_')[0] ?? role}.demo`,
): Persona => ({ login, displayName, grants: [{ role, perimeter }], perimeterLabel })

const at = (item: PlannedEtablissement): readonly [Grant['perimeter'], string] => [
  { kind: 'etablissement', code: item.uai },
  `${item.name}, ${item.commune.name}`,
]

/** One account per role of the design. */
export function planPeople(): readonly Persona[] {
  const { college, ecole } = toldOf(planEtablissements())
  const circonscription = ecole.circonscription
  return [
    persona('rssi', 'Ambre Vauquelin', ACADEMIE, 'Académie de Valmont'),
    persona('aqssi', 'Théodore Malincourt', ACADEMIE, 'Académie de Valmont'),
    persona('diaser', 'Noé Carpentras-Bel', ACADEMIE, 'Académie de Valmont'),
    persona('osp', 'Lucie Hautefeuille', { kind: 'departement', code: '991' }, 'Haute-Brume'),
    persona(
      'ien',
      'Gaspard Esterel',
      { kind: 'circonscription', code: circonscription?.code ?? '' },
      `Circonscription ${circonscription?.name ?? ''}`,
    ),
    persona('chef_etablissement', 'Mathilde Orsival', ...at(college)),
    persona('directeur_ecole', 'Rémi Fontvieille', ...at(ecole)),
    persona('referent', 'Salomé Brisac', ...at(college)),
    persona('assistance', 'Plateforme d’assistance', ACADEMIE, 'Académie de Valmont'),
    persona(
      'collectivite',
      'Yvan Desmazures',
      { kind: 'collectivite', code: 'departement:991' },
      'Collèges de Haute-Brume',
    ),
    persona('comite', 'Comité de pilotage', ACADEMIE, 'Académie de Valmont'),
    persona('porteur', 'Clémence Aubertin', ...at(college)),
  ]
}

/** Accounts that the start banner shows. */
export const listDemonstrationAccounts = (): readonly DemonstrationAccount[] =>
  planPeople().flatMap(({ login, grants, perimeterLabel }) =>
    grants.map(({ role }) => ({
      login,
      password: DEMONSTRATION_PASSWORD,
      roleLabel: ROLE_LABELS[role],
      perimeterLabel,
    })),
  )
