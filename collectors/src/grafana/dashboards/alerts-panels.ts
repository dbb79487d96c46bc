import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { RED, alerting } from '../panels/palette.ts'
import { tablePanel } from '../panels/table-panel.ts'
import { timelinePanel } from '../panels/timeline-panel.ts'

interface AlertsSpec {
  /** Matchers of `ALERTS`. */
  readonly selector: string
  readonly width: number
  readonly height: number
}

/** Ribbons of the alerts that fired. */
export const alertsTimeline = ({ selector, width, height }: AlertsSpec): Panel =>
  timelinePanel({
    title: 'Quand les alertes ont sonné',
    description:
      'Un ruban par alerte qui a sonné. Des rubans courts et répétés : le seuil est trop bas ou la cause revient ; réglez le seuil dans Vigie ou traitez la cause, ne laissez pas l’habitude s’installer.',
    queries: [
      {
        expr: `max by (alertname) (ALERTS{alertstate="firing", ${selector}})`,
        legend: '{{alertname}}',
      },
    ],
    unit: 'short',
    mappings: alerting,
    thresholds: [{ value: null, color: RED }],
    links: [{ title: 'Incidents', path: '/incidents' }],
    width,
    height,
  })

/** Alerts that fire or are about to, with the way to the incident and to the runbook. */
export const alertsTable = ({ selector, width, height }: AlertsSpec): Panel =>
  tablePanel({
    title: 'Alertes en cours ou sur le point de sonner',
    description:
      'Une ligne par alerte. Cliquez sur son nom pour la consigne, sur son état pour l’incident dans Vigie : prenez-le en charge pour que personne d’autre ne le cherche.',
    labels: [
      {
        label: 'alertname',
        title: 'Alerte',
        link: { title: 'Consigne', path: '/exploitation/alertes' },
      },
      {
        label: 'alertstate',
        title: 'État',
        link: { title: 'Incidents', path: '/incidents' },
      },
      { label: 'severity', title: 'Gravité' },
      { label: 'departement', title: 'Département' },
      {
        label: 'uai',
        title: 'Établissement',
        link: { title: 'Bulletin', path: '/etablissements/${__value.text}' },
      },
    ],
    values: [
      {
        expr: `max by (alertname, alertstate, severity, departement, uai) (ALERTS{${selector}})`,
        title: 'En cours',
        unit: 'short',
        mappings: alerting,
      },
    ],
    sortBy: 'Gravité',
    ascending: true,
    width,
    height,
  })
