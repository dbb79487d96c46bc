import {
  DashboardLinkBuilder,
  DashboardLinkType,
  type DashboardLink,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { vigieLink, type VigieLink } from './panels/panel.ts'

/** Tag of Vigie's dashboards, by which each leads to the others. */
export const TAG = 'vigie'

const others = new DashboardLinkBuilder('Tableaux de bord Vigie')
  .type(DashboardLinkType.Dashboards)
  .icon('external link')
  .tooltip('Les autres tableaux de bord de Vigie')
  .tags([TAG])
  .asDropdown(true)
  .includeVars(true)
  .keepTime(true)
  .build()

/** Links on top of a dashboard: pages of Vigie, then the other dashboards. */
export const topLinks = (...pages: readonly VigieLink[]): DashboardLink[] =>
  [...pages.map((page) => vigieLink(page).build()), others].map((link) => {
    // The SDK would hide them in a menu by default.
    delete link.placement
    return link
  })
