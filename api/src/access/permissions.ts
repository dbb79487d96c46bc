import type { Role, TokenScope } from '@vigie/db/schema'

/** What a verb asks for; a role not listed beside a permission does not have it. */
export const PERMISSIONS = [
  'catalogue:read',
  'etablissement:read',
  'conformity:read',
  'aggregate:read',
  'parc:read',
  'parc:write',
  'evidence:write',
  'declaration:write',
  'arbitration:write',
  'derogation:request',
  'derogation:approve',
  'access:manage',
  'collector:manage',
  'territory:import',
  'journal:read',
  'key:read',
  'key:stock',
  'key:manage',
  'key:hand_over',
  'key:assist',
  'key:own',
  'deployment:read',
  'otp:verify',
] as const
export type Permission = (typeof PERMISSIONS)[number]

const EVERYONE: readonly Role[] = [
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
]
const SEES_ETABLISSEMENTS: readonly Role[] = [
  'rssi',
  'aqssi',
  'diaser',
  'osp',
  'ien',
  'chef_etablissement',
  'directeur_ecole',
  'referent',
  'collectivite',
]

export const ROLE_PERMISSIONS: Readonly<Record<Permission, readonly Role[]>> = {
  'catalogue:read': EVERYONE,
  'etablissement:read': SEES_ETABLISSEMENTS,
  'conformity:read': SEES_ETABLISSEMENTS,
  'aggregate:read': [...SEES_ETABLISSEMENTS, 'comite'],
  'parc:read': ['rssi', 'diaser', 'ien', 'chef_etablissement', 'directeur_ecole', 'referent', 'collectivite'],
  'parc:write': ['chef_etablissement', 'directeur_ecole', 'referent', 'collectivite'],
  'evidence:write': [],
  'declaration:write': ['chef_etablissement', 'directeur_ecole', 'referent'],
  'arbitration:write': ['rssi'],
  'derogation:request': ['chef_etablissement', 'directeur_ecole', 'collectivite'],
  'derogation:approve': ['rssi'],
  'access:manage': ['diaser'],
  'collector:manage': ['diaser', 'rssi'],
  'territory:import': [],
  'journal:read': ['rssi', 'diaser'],
  // Key files: who holds what, with the whole history. The rows seen follow the perimeter.
  'key:read': ['rssi', 'diaser', 'osp', 'ien', 'chef_etablissement', 'assistance'],
  // Stock of the académie: import, shipments, thresholds, scrapping.
  'key:stock': ['diaser'],
  // Binding, revocation, return to stock; the life of a key says for which holders.
  'key:manage': ['diaser', 'osp'],
  'key:hand_over': ['ien', 'chef_etablissement', 'diaser'],
  'key:assist': ['assistance'],
  // One's own key; every role may hold one.
  'key:own': EVERYONE,
  'deployment:read': ['rssi', 'aqssi', 'diaser', 'osp', 'ien', 'comite'],
  'otp:verify': [],
}

/**
 * Roles that see journals, supervision data or other people's keys: they sign in with a second factor
 * (CARINE MCO-SEI-10, MCO-JAL).
 */
export const STRONG_ROLES: readonly Role[] = ['rssi', 'aqssi', 'diaser', 'osp', 'assistance']

/** One scope each: what a service account may do. */
export const TOKEN_PERMISSIONS: Readonly<Record<TokenScope, readonly Permission[]>> = {
  'evidence:write': ['evidence:write'],
  'conformity:read': ['catalogue:read', 'etablissement:read', 'conformity:read', 'aggregate:read'],
  'metrics:read': [],
  'otp:verify': ['otp:verify'],
}
