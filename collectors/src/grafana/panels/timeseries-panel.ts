import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import { FieldColorBuilder, FieldColorModeId, type Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries'
import { finishPanel, type PanelSpec } from './panel.ts'

export interface TimeseriesSpec extends PanelSpec {
  readonly stacked?: boolean
  /** Draws the thresholds as dashed lines. */
  readonly lines?: boolean
  /** What the legend sums up for each series. */
  readonly calcs?: readonly string[]
}

/** Curves over time. */
export function timeseriesPanel({
  stacked = false,
  lines = false,
  calcs = ['lastNotNull', 'max'],
  ...spec
}: TimeseriesSpec): Panel {
  const builder = new PanelBuilder()
    .lineWidth(stacked ? 1 : 2)
    .fillOpacity(stacked ? 60 : 8)
    .showPoints(VisibilityMode.Never)
    .spanNulls(false)
    .axisSoftMin(0)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([...calcs]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
  if (stacked) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
  if (lines) {
    builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed))
  }
  return finishPanel(builder, spec, 'series')
}
