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

/** In: an account. Out: the page it should land on. */
export function homeOf(me: Me): string {
  const uai = ownEtablissement(me)
  if (uai) return `/etablissements/${uai}`
  return may(me, 'aggregate:read') ? '/academie' : '/catalogue'
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

/** In: an account (or none). Out: the entries of the main navigation that it may open. */
export function navigationOf(me: Me | null): readonly NavigationEntry[] {
  if (!me || me.pending) return []
  const uai = ownEtablissement(me)
  return [
    ...(uai ? [{ href: `/etablissements/${uai}`, label: 'Mon établissement' }] : []),
    ...(!uai && may(me, 'aggregate:read') ? [{ href: '/academie', label: 'Carte et mosaïque' }] : []),
    ...keysEntry(me),
    ...(may(me, 'catalogue:read') ? [{ href: '/catalogue', label: 'Catalogue' }] : []),
    { href: '/glossaire', label: 'Glossaire' },
  ]
}
