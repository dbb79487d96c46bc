import { PanelBuilder } from '@grafana/grafana-foundation-sdk/bargauge'
import {
  BarGaugeDisplayMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
  VizTextDisplayOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { finishPanel, type PanelSpec } from './panel.ts'

export interface BargaugeSpec extends PanelSpec {
  /** Size of names and numbers in pixels, for a screen read from afar. */
  readonly textSize?: number
}

/** One horizontal bar per series, as they are now. */
export function bargaugePanel({ textSize, ...spec }: BargaugeSpec): Panel {
  const builder = new PanelBuilder()
    .displayMode(BarGaugeDisplayMode.Basic)
    .orientation(VizOrientation.Horizontal)
    .showUnfilled(true)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields(''))
  if (textSize) builder.text(new VizTextDisplayOptionsBuilder().titleSize(textSize).valueSize(textSize))
  return finishPanel(builder, spec, 'now')
}
