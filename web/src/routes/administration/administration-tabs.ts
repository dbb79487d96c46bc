import { may, type Me, type Permission } from '#lib/account.ts'
import type { SectionTab } from '#lib/section-tabs.ts'

const PLACES: readonly { readonly href: string; readonly label: string; readonly asks: Permission }[] = [
  { href: '/administration/seuils', label: 'Seuils d’alerte', asks: 'threshold:write' },
  { href: '/administration/notifications', label: 'Notifications', asks: 'incident:notify' },
  { href: '/administration/connecteurs', label: 'Connecteurs', asks: 'connector:manage' },
]

/** In: who reads, and where. Out: the pages of the administration that this person may open. */
export const tabsOf = (me: Me | null, pathname: string): readonly SectionTab[] =>
  PLACES.filter(({ asks }) => may(me, asks)).map(({ href, label }) => ({
    href,
    label,
    current: href === pathname ? 'page' : pathname.startsWith(`${href}/`) ? 'true' : undefined,
  }))
