import type { DashboardDefinition } from '../definition.ts'
import { academie } from './academie.ts'
import { authentification } from './authentification.ts'
import { comite } from './comite.ts'
import { etablissement } from './etablissement.ts'
import { parc } from './parc.ts'
import { plateforme } from './plateforme.ts'

/** Vigie's dashboards for Grafana. */
export const DASHBOARDS: readonly DashboardDefinition[] = [
  authentification,
  academie,
  etablissement,
  parc,
  plateforme,
  comite,
]
