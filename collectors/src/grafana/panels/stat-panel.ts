import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
  VizTextDisplayOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat'
import { finishPanel, type PanelSpec } from './panel.ts'

export interface StatSpec extends PanelSpec {
  /** Draws the number's recent past behind it. */
  readonly trend?: boolean
  /** Size of the number in pixels, for a screen read from afar. */
  readonly valueSize?: number
}

/** One number, or a few with their names. */
export function statPanel({ trend = false, valueSize, ...spec }: StatSpec): Panel {
  const builder = new PanelBuilder()
    .colorMode(BigValueColorMode.Value)
    .graphMode(trend ? BigValueGraphMode.Area : BigValueGraphMode.None)
    .textMode(spec.queries.length > 1 ? BigValueTextMode.ValueAndName : BigValueTextMode.Auto)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields(''))
  if (valueSize) builder.text(new VizTextDisplayOptionsBuilder().valueSize(valueSize).titleSize(28))
  return finishPanel(builder, spec, trend ? 'series' : 'now')
}
