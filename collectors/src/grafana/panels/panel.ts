import {
  DashboardLinkBuilder,
  DashboardLinkType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard'
import type {
  DashboardLink,
  DynamicConfigValue,
  Panel,
  Threshold,
  ThresholdsConfig,
  ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import { neutral } from './palette.ts'

type Builder<T> = { build: () => T }

/** The only data source of every panel: the one that the variable names. */
export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' }

export interface Query {
  readonly expr: string
  /** Name of the series, in the words of the screens; `{{label}}` is replaced. */
  readonly legend?: string
}

/** A link to a page of Vigie (`path` starts with `/`), opened in another tab. */
export interface VigieLink {
  readonly title: string
  readonly path: string
}

export interface PanelSpec {
  readonly title: string
  /** What it shows, and what to do when it is red. */
  readonly description: string
  readonly queries: readonly Query[]
  /** Grafana's unit identifier. */
  readonly unit: string
  readonly decimals?: number
  readonly min?: number
  readonly max?: number
  readonly thresholds?: readonly Threshold[]
  readonly mappings?: readonly ValueMapping[]
  /** Columns of the grid, out of 24, and lines of the grid. */
  readonly width: number
  readonly height: number
  readonly links?: readonly VigieLink[]
  /** Names, colours or units of single series, by the series' name. */
  readonly overrides?: Readonly<Record<string, readonly DynamicConfigValue[]>>
}

/** What every panel builder of the SDK has. */
interface PanelBuilder extends Builder<Panel> {
  title(title: string): this
  description(description: string): this
  datasource(datasource: typeof DATASOURCE): this
  span(width: number): this
  height(height: number): this
  unit(unit: string): this
  decimals(decimals: number): this
  min(min: number): this
  max(max: number): this
  noValue(text: string): this
  mappings(mappings: ValueMapping[]): this
  thresholds(thresholds: Builder<ThresholdsConfig>): this
  dataLinks(links: Builder<DashboardLink>[]): this
  overrideByName(name: string, properties: DynamicConfigValue[]): this
  withTarget(target: DataqueryBuilder): this
}

export type QueryKind = 'series' | 'now' | 'table' | 'heatmap'

/** `A`, `B`, … */
export const refIdOf = (index: number): string => String.fromCharCode(65 + index)

function target({ expr, legend }: Query, index: number, kind: QueryKind): DataqueryBuilder {
  const query = new DataqueryBuilder()
    .refId(refIdOf(index))
    .datasource(DATASOURCE)
    .expr(expr)
    .legendFormat(legend ?? '__auto')
  if (kind === 'series') return query.range()
  if (kind === 'heatmap') return query.range().format(PromQueryFormat.Heatmap)
  return kind === 'table' ? query.instant().format(PromQueryFormat.Table) : query.instant()
}

/** A link to a page of Vigie, whose public address is the constant `vigie` of the dashboard. */
export const vigieLink = ({ title, path }: VigieLink): DashboardLinkBuilder =>
  new DashboardLinkBuilder(title)
    .type(DashboardLinkType.Link)
    .icon('external link')
    .tooltip(`Ouvre Vigie : ${title}`)
    .url(`\${vigie}${path}`)
    .targetBlank(true)

export const steps = (thresholds: readonly Threshold[]): ThresholdsConfigBuilder =>
  new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([...thresholds])

/** Gives a panel what all have: titles, place, unit, queries, thresholds, links. In: a builder of the SDK. Out: the panel. */
export function finishPanel<B extends PanelBuilder>(builder: B, spec: PanelSpec, kind: QueryKind): Panel {
  builder
    .title(spec.title)
    .description(spec.description)
    .datasource(DATASOURCE)
    .span(spec.width)
    .height(spec.height)
    .unit(spec.unit)
    .noValue('Pas de donnée')
    .thresholds(steps(spec.thresholds ?? neutral))
  if (spec.decimals !== undefined) builder.decimals(spec.decimals)
  if (spec.min !== undefined) builder.min(spec.min)
  if (spec.max !== undefined) builder.max(spec.max)
  if (spec.mappings) builder.mappings([...spec.mappings])
  if (spec.links) builder.dataLinks(spec.links.map(vigieLink))
  for (const [name, properties] of Object.entries(spec.overrides ?? {})) {
    builder.overrideByName(name, [...properties])
  }
  spec.queries.forEach((query, index) => builder.withTarget(target(query, index, kind)))
  return builder.build()
}
