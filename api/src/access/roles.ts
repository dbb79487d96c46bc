import { PERIMETER_KINDS } from '@vigie/db'
import type { PerimeterKind, Role, TokenScope } from '@vigie/db/schema'

export { PERIMETER_KINDS }

export const ROLES = [
  'rssi',
  'aqssi',
  'diaser',
  'osp',
  'ien',
  'chef_etablissement',
  'directeur_ecole',
  'referent',
  'assistance',
  'collectivite',
  'comite',
  'porteur',
] as const satisfies readonly Role[]

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  rssi: 'Responsable de la sécurité des systèmes d’information',
  aqssi: 'Autorité qualifiée (recteur)',
  diaser: 'Division informatique de l’académie',
  osp: 'Officier de sécurité de proximité',
  ien: 'Inspecteur de l’Éducation nationale',
  chef_etablissement: 'Chef d’établissement',
  directeur_ecole: 'Directeur d’école',
  referent: 'Référent numérique',
  assistance: 'Plateforme d’assistance',
  collectivite: 'Collectivité',
  comite: 'Membre d’un comité',
  porteur: 'Porteur de clé',
}

/** On what each role is held; a role held elsewhere would see too much or nothing. */
export const ROLE_PERIMETERS: Readonly<Record<Role, readonly PerimeterKind[]>> = {
  rssi: ['academie'],
  aqssi: ['academie'],
  diaser: ['academie'],
  osp: ['departement'],
  ien: ['circonscription'],
  chef_etablissement: ['etablissement'],
  directeur_ecole: ['etablissement'],
  referent: ['etablissement'],
  assistance: ['academie'],
  collectivite: ['collectivite'],
  comite: ['academie', 'departement', 'circonscription', 'bassin', 'collectivite'],
  porteur: ['academie', 'departement', 'circonscription', 'etablissement', 'collectivite'],
}

export const PERIMETER_LABELS: Readonly<Record<PerimeterKind, string>> = {
  academie: 'Académie',
  departement: 'Département',
  circonscription: 'Circonscription',
  bassin: 'Bassin',
  collectivite: 'Collectivité',
  etablissement: 'Établissement',
}

export const TOKEN_SCOPES = [
  'evidence:write',
  'metrics:read',
  'conformity:read',
  'otp:verify',
  'alert:push',
] as const satisfies readonly TokenScope[]
