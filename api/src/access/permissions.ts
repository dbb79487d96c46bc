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
  'supervision:read',
  'target:read',
  'target:write',
  'discovery:read',
  'threshold:write',
  'incident:read',
  'incident:open',
  'incident:work',
  'incident:notify',
  'alert:push',
  'connector:manage',
  'proof:read',
  'proof:write',
  'review:read',
  'dispute:open',
  'dispute:decide',
  'campaign:read',
  'campaign:manage',
  'visit:work',
  'finding:read',
  'finding:write',
  'finding:settle',
  'framework:import',
  'backup:read',
  'backup:manage',
  'restore_test:record',
  'signing_key:manage',
  'log:read',
  'log_source:manage',
  'log_retention:decide',
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

const WORKS_ON_INCIDENTS: readonly Role[] = [
  ...SEES_ETABLISSEMENTS.filter((role) => role !== 'aqssi'),
  'assistance',
]

/** Officers who audit on site. */
const VISITS: readonly Role[] = ['rssi', 'osp', 'ien']

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
  // The live page of the verification path, collectors and jobs.
  'supervision:read': ['rssi', 'diaser'],
  // What Prometheus watches at an establishment, and what it found.
  'target:read': SEES_ETABLISSEMENTS,
  'target:write': ['rssi', 'diaser', 'chef_etablissement', 'directeur_ecole', 'referent', 'collectivite'],
  'discovery:read': [],
  'threshold:write': ['rssi', 'diaser'],
  'incident:read': [...SEES_ETABLISSEMENTS, 'assistance'],
  // Requests of users and reports (CARINE MCO-SEI-3).
  'incident:open': WORKS_ON_INCIDENTS,
  'incident:work': WORKS_ON_INCIDENTS,
  // Who is told by mail.
  'incident:notify': ['rssi', 'diaser'],
  'alert:push': [],
  'connector:manage': ['diaser'],
  // Documents that back what people declare or find.
  'proof:read': SEES_ETABLISSEMENTS,
  'proof:write': ['chef_etablissement', 'directeur_ecole', 'referent', ...VISITS],
  // The queue of decisions of the académie.
  'review:read': ['rssi', 'aqssi'],
  'dispute:open': ['chef_etablissement', 'directeur_ecole', 'referent', 'collectivite'],
  'dispute:decide': ['rssi'],
  'campaign:read': SEES_ETABLISSEMENTS,
  'campaign:manage': ['rssi'],
  'visit:work': VISITS,
  'finding:read': SEES_ETABLISSEMENTS,
  'finding:write': VISITS,
  'finding:settle': [...VISITS, 'chef_etablissement', 'directeur_ecole', 'referent', 'collectivite'],
  'framework:import': ['rssi', 'diaser'],
  'backup:read': SEES_ETABLISSEMENTS,
  // Taking off a repository that no longer exists.
  'backup:manage': ['chef_etablissement', 'directeur_ecole', 'referent', 'collectivite', 'diaser'],
  'restore_test:record': ['chef_etablissement', 'directeur_ecole', 'referent', 'collectivite', 'diaser'],
  'signing_key:manage': ['rssi', 'diaser', 'referent'],
  // Counts that journals give, never their content (CARINE MCO-JAL-6).
  'log:read': ['rssi', 'diaser', 'chef_etablissement', 'directeur_ecole', 'referent'],
  'log_source:manage': ['rssi', 'diaser'],
  'log_retention:decide': ['rssi'],
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
  'metrics:read': ['discovery:read'],
  'otp:verify': ['otp:verify'],
  'alert:push': ['alert:push'],
}
