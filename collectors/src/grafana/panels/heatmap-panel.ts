import { TooltipDisplayMode } from '@grafana/grafana-foundation-sdk/common'
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import {
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  HeatmapTooltipBuilder,
  PanelBuilder,
  YAxisConfigBuilder,
} from '@grafana/grafana-foundation-sdk/heatmap'
import { finishPanel, type PanelSpec } from './panel.ts'

/** Buckets of a histogram over time: `queries` give rates by `le`, `unit` is the buckets' unit. */
export function heatmapPanel(spec: PanelSpec): Panel {
  const builder = new PanelBuilder()
    .calculate(false)
    .color(new HeatmapColorOptionsBuilder().mode(HeatmapColorMode.Scheme).scheme('Blues').steps(64))
    .yAxis(new YAxisConfigBuilder().unit(spec.unit))
    .tooltip(new HeatmapTooltipBuilder().mode(TooltipDisplayMode.Single).showColorScale(true))
    .cellGap(1)
  return finishPanel(builder, spec, 'heatmap')
}
