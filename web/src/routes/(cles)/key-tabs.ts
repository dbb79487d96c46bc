import { may, type Me, type Permission } from '#lib/account.ts'
import type { SectionTab } from '#lib/section-tabs.ts'

interface Place {
  readonly href: string
  readonly label: string
  /** Any of them opens the page. */
  readonly asks: readonly Permission[]
}

const PLACES: readonly Place[] = [
  { href: '/cles', label: 'Stock', asks: ['key:stock', 'key:manage'] },
  { href: '/cles/liste', label: 'Clés', asks: ['key:read'] },
  { href: '/porteurs', label: 'Porteurs', asks: ['key:read'] },
  { href: '/cles/expeditions', label: 'Expéditions', asks: ['key:stock', 'key:manage'] },
  { href: '/bordereaux', label: 'Bordereaux', asks: ['key:read'] },
  { href: '/deploiement', label: 'Déploiement', asks: ['deployment:read'] },
  { href: '/cles/import', label: 'Import', asks: ['key:stock'] },
]

/** Places under `/cles` that are not the file of a key. */
const OWN_PLACES: readonly string[] = PLACES.map(({ href }) => href)

function placeOf(pathname: string): string {
  if (OWN_PLACES.includes(pathname)) return pathname
  return pathname.startsWith('/cles/') ? '/cles/liste' : `/${pathname.split('/')[1] ?? ''}`
}

/** In: who reads, and where. Out: the pages of the keys that this person may open. */
export const tabsOf = (me: Me | null, pathname: string): readonly SectionTab[] =>
  PLACES.filter(({ asks }) => asks.some((permission) => may(me, permission))).map(({ href, label }) => ({
    href,
    label,
    current: href === pathname ? 'page' : href === placeOf(pathname) ? 'true' : undefined,
  }))
