import type { InferResponseType } from 'hono/client'
import type { Client } from './api-client.ts'

/** The signed-in account, its grants and permissions. */
export type Me = InferResponseType<Client['v1']['me']['$get'], 200>

export type Permission = Me['permissions'][number]

/** In: an account (or none). Out: whether the API would grant it this permission. */
export const may = (me: Me | null, permission: Permission): boolean =>
  me?.permissions.includes(permission) ?? false

const HEADS: readonly string[] = ['chef_etablissement', 'directeur_ecole', 'referent']

/** In: an account. Out: the UAI of the only establishment it looks after, null when it sees more. */
export function ownEtablissement(me: Me): string | null {
  const [first] = me.grants
  if (!first || me.grants.some((grant) => !HEADS.includes(grant.role))) return null
  const codes = new Set(me.grants.map((grant) => grant.perimeter.code))
  return codes.size === 1 && first.perimeter.kind === 'etablissement' ? first.perimeter.code : null
}

const isHolder = (me: Me): boolean => me.hasKey || me.grants.some(({ role }) => role === 'porteur')

/** In: an account. Out: the page it should land on. */
export function homeOf(me: Me): string {
  const uai = ownEtablissement(me)
  if (uai) return `/etablissements/${uai}`
  if (may(me, 'aggregate:read')) return '/academie'
  if (may(me, 'key:assist')) return '/assistance'
  return isHolder(me) ? '/ma-cle' : '/catalogue'
}

export interface NavigationEntry {
  readonly href: string
  readonly label: string
  /** Other places of the same section, beside those under `href`. */
  readonly within?: readonly string[]
}

/** In: an entry and a path of the site. Out: whether the path belongs to the entry's section. */
export const covers = ({ href, within = [] }: NavigationEntry, pathname: string): boolean =>
  [href, ...within].some((place) => pathname === place || pathname.startsWith(`${place}/`))

/** In: an account. Out: the section of the keys; those who see figures alone get the deployment. */
function keysEntry(me: Me): readonly NavigationEntry[] {
  const within = ['/porteurs', '/bordereaux', '/deploiement']
  if (may(me, 'key:read')) return [{ href: '/cles', label: 'Clés', within }]
  return may(me, 'deployment:read') ? [{ href: '/deploiement', label: 'Déploiement des clés' }] : []
}

/** In: an account. Out: what is done with keys, beside their files: handing over, helping, following a case. */
const keyActs = (me: Me): readonly NavigationEntry[] => [
  ...(may(me, 'key:assist') ? [{ href: '/assistance', label: 'Assistance' }] : []),
  ...(may(me, 'key:hand_over') ? [{ href: '/remise', label: 'Remise' }] : []),
  ...(may(me, 'key:read') ? [{ href: '/procedures', label: 'Procédures', within: ['/seances'] }] : []),
  ...(may(me, 'key:own') && isHolder(me) ? [{ href: '/ma-cle', label: 'Ma clé' }] : []),
]

/** In: an account. Out: what is watched: incidents, and the traffic of verifications for who supervises. */
const watched = (me: Me): readonly NavigationEntry[] => [
  ...(may(me, 'incident:read') ? [{ href: '/incidents', label: 'Incidents' }] : []),
  ...(may(me, 'supervision:read') ? [{ href: '/trafic', label: 'Trafic OTP' }] : []),
]

/** In: an account. Out: what is audited: campaigns, and the visits of who makes some. */
const auditing = (me: Me): readonly NavigationEntry[] => [
  ...(may(me, 'campaign:read') && ownEtablissement(me) === null
    ? [{ href: '/campagnes', label: 'Campagnes' }]
    : []),
  ...(may(me, 'visit:work') ? [{ href: '/visites', label: 'Visites' }] : []),
]

const ADMINISTRATION: readonly Permission[] = ['threshold:write', 'incident:notify', 'connector:manage']

/** In: an account. Out: the settings of the académie, with the documents that explain them. */
const administration = (me: Me): readonly NavigationEntry[] =>
  ADMINISTRATION.some((permission) => may(me, permission))
    ? [{ href: '/administration', label: 'Administration', within: ['/exploitation'] }]
    : []

/** In: an account (or none). Out: the entries of the main navigation that it may open. */
export function navigationOf(me: Me | null): readonly NavigationEntry[] {
  if (!me || me.pending) return []
  const uai = ownEtablissement(me)
  return [
    ...(uai ? [{ href: `/etablissements/${uai}`, label: 'Mon établissement' }] : []),
    ...(!uai && may(me, 'aggregate:read') ? [{ href: '/academie', label: 'Carte et mosaïque' }] : []),
    ...(may(me, 'review:read') ? [{ href: '/revue', label: 'Revue' }] : []),
    ...auditing(me),
    ...watched(me),
    ...keysEntry(me),
    ...keyActs(me),
    ...(may(me, 'catalogue:read') ? [{ href: '/catalogue', label: 'Catalogue' }] : []),
    { href: '/glossaire', label: 'Glossaire' },
    ...administration(me),
  ]
}
