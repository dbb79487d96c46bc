import type { DashboardRow } from '../definition.ts'
import { ETABLISSEMENT, firing } from '../expressions.ts'
import { answering, betterHigh, betterLow, yesOrNo } from '../panels/palette.ts'
import { statPanel } from '../panels/stat-panel.ts'
import { tablePanel } from '../panels/table-panel.ts'
import { timelinePanel } from '../panels/timeline-panel.ts'
import { timeseriesPanel } from '../panels/timeseries-panel.ts'
import { SERVICE_WORDS } from '../panels/words.ts'
import { ALERT_THRESHOLDS } from '../rules/thresholds.ts'

const { CertificateExpiring, EtablissementServiceDown } = ALERT_THRESHOLDS
const small = { width: 6, height: 4 }
const supervision = [{ title: 'Supervision', path: '/etablissements/${uai}/supervision' }]
const incidents = [{ title: 'Incidents', path: '/incidents?etablissement=${uai}' }]

export const servicesRow: DashboardRow = {
  title: 'Maintenant',
  panels: [
    statPanel({
      title: 'Services qui répondent',
      description:
        'Services dont toutes les cibles répondent, sur ceux qui sont suivis. S’il en manque : ouvrez la supervision de l’établissement, appelez le service chargé de la maintenance.',
      queries: [
        { expr: `count(service:up:avg{${ETABLISSEMENT}} == 1) or vector(0)`, legend: 'Répondent' },
        { expr: `count(service:up:avg{${ETABLISSEMENT}})`, legend: 'Suivis' },
      ],
      unit: 'short',
      links: supervision,
      ...small,
    }),
    statPanel({
      title: 'Alertes en cours',
      description:
        'Alertes qui concernent cet établissement. Au-dessus de zéro : l’incident est ouvert dans Vigie, vérifiez qu’il est pris en charge.',
      queries: [{ expr: firing(ETABLISSEMENT) }],
      unit: 'short',
      thresholds: betterLow(1, 1),
      links: incidents,
      ...small,
    }),
    statPanel({
      title: 'Place libre sur les disques',
      description:
        'Part libre du disque le plus rempli. En rouge : les sauvegardes et les profils vont échouer ; faites du ménage ou demandez de la place.',
      queries: [{ expr: `min(etablissement:disk_free:ratio{${ETABLISSEMENT}})` }],
      unit: 'percentunit',
      decimals: 0,
      thresholds: betterHigh(0.1, 0.2),
      links: supervision,
      ...small,
    }),
    statPanel({
      title: 'Réseau occupé',
      description:
        'Part de la capacité de la carte réseau la plus occupée. En rouge aux heures de cours : demandez à la collectivité un débit plus grand ou un filtrage des mises à jour.',
      queries: [{ expr: `max(etablissement:bandwidth_saturation:ratio{${ETABLISSEMENT}})` }],
      unit: 'percentunit',
      decimals: 0,
      thresholds: betterLow(0.7, 0.9),
      links: supervision,
      ...small,
    }),
    timelinePanel({
      title: 'Chaque service au fil du temps',
      description: `Vert : toutes les cibles répondent ; orange : une partie ; rouge : aucune. Sous ${EtablissementServiceDown.default} % l’alerte EtablissementServiceDown sonne. Une coupure chaque nuit est souvent une extinction programmée : mettez ces cibles de côté dans Vigie.`,
      queries: [{ expr: `service:up:avg{${ETABLISSEMENT}}`, legend: '{{service}}' }],
      unit: 'percentunit',
      mappings: answering,
      thresholds: betterHigh(0.0001, 1),
      overrides: SERVICE_WORDS,
      links: supervision,
      width: 24,
      height: 9,
    }),
  ],
}

const availability = (window: '1d' | '7d' | '30d', title: string) => ({
  expr: `max by (service) (service:availability:ratio_${window}{${ETABLISSEMENT}})`,
  title,
  unit: 'percentunit',
  decimals: 2,
  thresholds: betterHigh(0.95, 0.99),
})

export const availabilityRow: DashboardRow = {
  title: 'Disponibilité',
  panels: [
    tablePanel({
      title: 'Disponibilité de chaque service',
      description:
        'Part du temps où les cibles du service ont répondu. Sous 99 % sur un mois : comparez avec les conditions d’utilisation et signalez-le à qui doit agir.',
      labels: [{ label: 'service', title: 'Service' }],
      values: [
        availability('1d', 'Un jour'),
        availability('7d', 'Une semaine'),
        availability('30d', 'Un mois'),
      ],
      sortBy: 'Un mois',
      ascending: true,
      width: 10,
      height: 9,
    }),
    tablePanel({
      title: 'Chaque cible',
      description:
        'Les machines et adresses surveillées. Une seule cible muette : allez voir la machine. Toutes muettes : c’est le lien vers l’établissement, appelez l’opérateur.',
      labels: [
        { label: 'instance', title: 'Cible' },
        { label: 'job', title: 'Moyen' },
        { label: 'service', title: 'Service' },
      ],
      values: [
        {
          expr: `max by (instance, job, service) (probe_success{${ETABLISSEMENT}}) or max by (instance, job, service) (up{${ETABLISSEMENT}, job=~"vigie-(node|snmp)"})`,
          title: 'État',
          unit: 'short',
          mappings: yesOrNo('Répond', 'Ne répond pas'),
        },
      ],
      sortBy: 'État',
      ascending: true,
      width: 14,
      height: 9,
    }),
  ],
}

export const networkRow: DashboardRow = {
  title: 'Réseau, disques, certificats',
  panels: [
    timeseriesPanel({
      title: 'Disques et réseau',
      description:
        'Place libre du disque le plus rempli et part du réseau occupée. Une place libre qui descend en ligne droite : calculez le jour où elle manquera et prévenez avant.',
      queries: [
        { expr: `etablissement:disk_free:ratio{${ETABLISSEMENT}}`, legend: 'Disque libre' },
        { expr: `etablissement:bandwidth_saturation:ratio{${ETABLISSEMENT}}`, legend: 'Réseau occupé' },
      ],
      unit: 'percentunit',
      decimals: 0,
      min: 0,
      max: 1,
      width: 9,
      height: 8,
    }),
    timeseriesPanel({
      title: 'Durée des sondes',
      description:
        'Temps de réponse de chaque adresse surveillée. Qui monte avec le réseau occupé : le lien est plein. Qui monte seule : le serveur est chargé.',
      queries: [
        { expr: `max by (instance) (probe_duration_seconds{${ETABLISSEMENT}})`, legend: '{{instance}}' },
      ],
      unit: 's',
      width: 9,
      height: 8,
    }),
    statPanel({
      title: 'Certificat le plus proche de sa fin',
      description: `Jours avant la fin de validité du certificat le plus ancien. Sous ${CertificateExpiring.default} jours, CertificateExpiring sonne : renouvelez-le avant que les navigateurs refusent le site.`,
      queries: [{ expr: `min((probe_ssl_earliest_cert_expiry{${ETABLISSEMENT}} - time()) / 86400)` }],
      unit: 'suffix: jours',
      decimals: 0,
      thresholds: betterHigh(7, CertificateExpiring.default),
      width: 6,
      height: 8,
    }),
  ],
}
