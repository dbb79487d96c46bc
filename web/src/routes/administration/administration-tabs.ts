import { may, type Me, type Permission } from '#lib/account.ts'
import type { SectionTab } from '#lib/section-tabs.ts'

const PLACES: readonly { readonly href: string; readonly label: string; readonly asks?: Permission }[] = [
  { href: '/administration/seuils', label: 'Seuils d’alerte', asks: 'threshold:write' },
  { href: '/administration/notifications', label: 'Notifications', asks: 'incident:notify' },
  { href: '/administration/connecteurs', label: 'Connecteurs', asks: 'connector:manage' },
  { href: '/administration/journaux', label: 'Journaux', asks: 'log_source:manage' },
  { href: '/exploitation', label: 'Documents' },
]

/** In: who reads, and where. Out: the pages of the administration that this person may open; none without a setting. */
export function tabsOf(me: Me | null, pathname: string): readonly SectionTab[] {
  const open = PLACES.filter(({ asks }) => asks === undefined || may(me, asks))
  if (open.every(({ asks }) => asks === undefined)) return []
  return open.map(({ href, label }) => ({
    href,
    label,
    current: href === pathname ? 'page' : pathname.startsWith(`${href}/`) ? 'true' : undefined,
  }))
}
