import { AnnotationQueryBuilder, type AnnotationQuery } from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus'
import { DATASOURCE } from './panels/panel.ts'
import { RED } from './panels/palette.ts'

/** Marks on the time axis while alerts fire. In: its name, matchers of `ALERTS`. */
export function firingAlerts(name: string, selector: string): AnnotationQuery {
  const annotation = new AnnotationQueryBuilder()
    .name(name)
    .datasource(DATASOURCE)
    .enable(true)
    .iconColor(RED)
    .target(
      new DataqueryBuilder()
        .refId('Alertes')
        .datasource(DATASOURCE)
        .expr(`max by (alertname, severity) (ALERTS{alertstate="firing", ${selector}})`)
        .interval('10s')
        .range(),
    )
    .titleFormat('{{alertname}}')
    .textFormat('Alerte en cours, gravité {{severity}}')
    .tagKeys('severity')
    .build()
  // The SDK would hide it in a menu by default.
  delete annotation.placement
  return annotation
}
