import {
  DashboardCursorSync,
  defaultDashboard,
  type AnnotationQuery,
  type Dashboard,
  type DashboardLink,
  type Panel,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard'
import dashgen from 'grafana-dash-gen'
import type { DashboardDefinition } from './definition.ts'
import { placeRows } from './layout.ts'
import { TAG } from './links.ts'
import { publicAddress } from './variables.ts'

export interface AssembleOptions {
  /** Public address of Vigie, without a final slash. */
  readonly publicUrl: string
}

/** What grafana-dash-gen gives back of the parts that went through it. */
interface Generated {
  readonly title: string
  readonly tags: string[]
  readonly timezone: string
  readonly refresh: string
  readonly time: { from: string; to: string }
  readonly links: DashboardLink[]
  readonly templating: { list: VariableModel[] }
  readonly annotations: { list: AnnotationQuery[] }
  readonly rows: readonly { title: string; collapse: boolean; panels: readonly Panel[] }[]
}

/** A typed part of the SDK as grafana-dash-gen takes its own: it only ever calls `generate`. */
const part = <DashgenPart>(value: object): DashgenPart => ({ generate: () => value }) as DashgenPart

function generate(definition: DashboardDefinition, { publicUrl }: AssembleOptions): Generated {
  const dashboard = new dashgen.Dashboard({
    title: definition.title,
    tags: [TAG],
    timezone: 'browser',
    refresh: definition.refresh,
    time: { from: definition.from, to: 'now' },
    links: [...definition.links],
  })
  for (const variable of [...definition.variables, publicAddress(publicUrl)]) {
    dashboard.addTemplate(part(variable))
  }
  for (const annotation of definition.annotations) dashboard.addAnnotation(part(annotation))
  for (const { title, collapsed = false, panels } of definition.rows) {
    const row = new dashgen.Row({ title, collapse: collapsed })
    for (const panel of panels) row.addPanel(part(panel))
    dashboard.addRow(row)
  }
  return dashboard.generate() as unknown as Generated
}

/**
 * A dashboard as a current Grafana takes it. grafana-dash-gen puts rows, variables, annotations and links together; the
 * fields that Grafana no longer knows are left behind, and rows become panels with a place of their own.
 */
export function assembleDashboard(definition: DashboardDefinition, options: AssembleOptions): Dashboard {
  const generated = generate(definition, options)
  return {
    ...defaultDashboard(),
    uid: definition.uid,
    title: generated.title,
    description: definition.description,
    tags: generated.tags,
    timezone: generated.timezone,
    editable: false,
    graphTooltip: DashboardCursorSync.Crosshair,
    time: generated.time,
    refresh: generated.refresh,
    weekStart: 'monday',
    version: 1,
    panels: placeRows(
      generated.rows.map(({ title, collapse, panels }) => ({ title, collapsed: collapse, panels })),
    ),
    templating: { list: generated.templating.list },
    annotations: { list: generated.annotations.list },
    links: generated.links,
  }
}
