import type { DashboardRow } from '../definition.ts'
import { firing } from '../expressions.ts'
import { AMBER, GREEN, RED, betterHigh, betterLow, yesOrNo } from '../panels/palette.ts'
import { statPanel } from '../panels/stat-panel.ts'
import { timelinePanel } from '../panels/timeline-panel.ts'
import { timeseriesPanel } from '../panels/timeseries-panel.ts'
import { ALERT_THRESHOLDS } from '../rules/thresholds.ts'

const { JournalNotVerified, DatabasePoolSaturated } = ALERT_THRESHOLDS
const small = { width: 4, height: 5 }
const half = { width: 12, height: 8 }
const third = { width: 8, height: 8 }

export const healthRow: DashboardRow = {
  title: 'L’essentiel',
  panels: [
    statPanel({
      title: 'Processus qui répondent',
      description:
        'Processus de Vigie relevés par Prometheus, et ceux qui répondent. S’il en manque : lisez le journal du service sur la machine, puis redémarrez-le.',
      queries: [
        { expr: 'sum(up{job="vigie"})', legend: 'Répondent' },
        { expr: 'count(up{job="vigie"})', legend: 'Relevés' },
      ],
      unit: 'short',
      ...small,
    }),
    statPanel({
      title: 'Requêtes en erreur (5 min)',
      description:
        'Part des requêtes qui finissent par une erreur du service (5xx). En rouge : cherchez la route la plus touchée ci-dessous et le message dans le journal du service.',
      queries: [{ expr: 'max(http:request_errors:ratio_rate5m)' }],
      unit: 'percentunit',
      decimals: 2,
      thresholds: betterLow(0.001, 0.01),
      ...small,
    }),
    statPanel({
      title: 'Journal entier',
      description:
        'La dernière vérification du journal l’a-t-elle trouvé entier ? Si non : n’effacez rien, prévenez le RSSI, lancez « vigie journal verify » pour connaître la rupture.',
      queries: [{ expr: 'min(journal_whole)' }],
      unit: 'short',
      mappings: yesOrNo('Entier', 'Rompu'),
      thresholds: betterHigh(1, 1),
      ...small,
    }),
    statPanel({
      title: 'Dernière vérification du journal',
      description: `Temps écoulé depuis que le journal a été prouvé entier. Au-delà de ${JournalNotVerified.default} heures, JournalNotVerified sonne : regardez la tâche de vérification.`,
      queries: [{ expr: 'time() - max(journal_verified_timestamp_seconds)' }],
      unit: 's',
      decimals: 0,
      thresholds: betterLow((JournalNotVerified.default - 2) * 3_600, JournalNotVerified.default * 3_600),
      ...small,
    }),
    statPanel({
      title: 'Lignes à sceller',
      description:
        'Lignes du journal qui attendent leur lot. Un nombre qui monte sans redescendre : la tâche de scellement n’avance plus.',
      queries: [{ expr: 'max(journal_pending_entries)' }],
      unit: 'short',
      thresholds: betterLow(5_000, 50_000),
      trend: true,
      ...small,
    }),
    statPanel({
      title: 'Alertes en cours',
      description:
        'Alertes de la plateforme qui sonnent. Au-dessus de zéro : l’incident est ouvert dans Vigie, avec sa consigne.',
      queries: [{ expr: firing('alertname!~"Otp.+|EtablissementServiceDown|ConformityDrop"') }],
      unit: 'short',
      thresholds: betterLow(1, 1),
      links: [{ title: 'Incidents', path: '/incidents' }],
      ...small,
    }),
    timelinePanel({
      title: 'Chaque processus',
      description:
        'Vert : Prometheus relève le processus ; rouge : il ne répond plus. Rouge sur tous à la fois : regardez le réseau ou Prometheus, pas Vigie.',
      queries: [{ expr: 'up{job="vigie"}', legend: '{{instance}}' }],
      unit: 'short',
      mappings: yesOrNo('Répond', 'Ne répond pas'),
      thresholds: betterHigh(1, 1),
      width: 24,
      height: 5,
    }),
  ],
}

export const httpRow: DashboardRow = {
  title: 'Requêtes',
  panels: [
    timeseriesPanel({
      title: 'Requêtes par famille de réponse',
      description:
        'Requêtes par seconde, selon le code de la réponse. Les 5xx qui montent : Vigie est en faute. Les 401 et 403 : un jeton a expiré ou quelqu’un tâtonne.',
      queries: [
        { expr: 'sum by (status) (rate(http_requests_total[$__rate_interval]))', legend: '{{status}}' },
      ],
      unit: 'suffix: /s',
      stacked: true,
      width: 8,
      height: 9,
    }),
    timeseriesPanel({
      title: 'Parties du site les plus lentes (p95)',
      description:
        'Les dix parties du site dont 5 % des requêtes durent le plus. Une seule qui monte : une requête à la base est à revoir. Toutes : la base ou la machine est chargée.',
      queries: [
        {
          expr: 'topk(10, histogram_quantile(0.95, sum by (le, area) (rate(http_request_duration_seconds_bucket[$__rate_interval]))))',
          legend: '{{area}}',
        },
      ],
      unit: 's',
      width: 8,
      height: 9,
    }),
    timeseriesPanel({
      title: 'Routes les plus demandées',
      description:
        'Les dix routes les plus appelées. Une route inattendue en tête : un client boucle, retrouvez-le par son jeton.',
      queries: [
        {
          expr: 'topk(10, sum by (method, route) (rate(http_requests_total[$__rate_interval])))',
          legend: '{{method}} {{route}}',
        },
      ],
      unit: 'suffix: /s',
      width: 8,
      height: 9,
    }),
  ],
}

export const databaseRow: DashboardRow = {
  title: 'Base de données',
  panels: [
    timeseriesPanel({
      title: 'Connexions occupées',
      description: `Part des connexions occupées, pour l’API et pour la vérification des codes. À ${DatabasePoolSaturated.default} % avec des demandes en attente, DatabasePoolSaturated sonne : cherchez une requête longue dans PostgreSQL.`,
      queries: [{ expr: 'max by (pool) (db_pool_in_use / db_pool_size)', legend: '{{pool}}' }],
      unit: 'percentunit',
      min: 0,
      max: 1,
      thresholds: [
        { value: null, color: GREEN },
        { value: 0.7, color: AMBER },
        { value: DatabasePoolSaturated.default / 100, color: RED },
      ],
      lines: true,
      overrides: {
        api: [{ id: 'displayName', value: 'API' }],
        verification: [{ id: 'displayName', value: 'Vérification des codes' }],
      },
      ...half,
    }),
    timeseriesPanel({
      title: 'Demandes en attente d’une connexion',
      description:
        'Demandes qui attendent leur tour. Au-dessus de zéro plus d’une minute : agrandissez le groupe de connexions ou ajoutez un processus, après avoir cherché la requête qui bloque.',
      queries: [{ expr: 'sum by (pool) (db_pool_waiting)', legend: '{{pool}}' }],
      unit: 'short',
      thresholds: betterLow(1, 10),
      overrides: {
        api: [{ id: 'displayName', value: 'API' }],
        verification: [{ id: 'displayName', value: 'Vérification des codes' }],
      },
      ...half,
    }),
  ],
}

export const processRow: DashboardRow = {
  title: 'Processus et relevés',
  panels: [
    timeseriesPanel({
      title: 'Mémoire',
      description:
        'Mémoire de chaque processus. Une montée continue sur plusieurs jours : une fuite, redémarrez puis signalez-la.',
      queries: [{ expr: 'process_resident_memory_bytes{job="vigie"}', legend: '{{instance}}' }],
      unit: 'bytes',
      ...third,
    }),
    timeseriesPanel({
      title: 'Processeur',
      description:
        'Processeur de chaque processus ; 100 % est un cœur. Près de 100 % : ajoutez un processus.',
      queries: [
        {
          expr: 'rate(process_cpu_seconds_total{job="vigie"}[$__rate_interval])',
          legend: '{{instance}}',
        },
      ],
      unit: 'percentunit',
      ...third,
    }),
    timeseriesPanel({
      title: 'Retard de la boucle (p99)',
      description:
        'Temps pendant lequel un processus ne peut rien faire d’autre. Au-dessus de 200 ms, tout ralentit : un import ou un calcul tourne dans le processus qui sert.',
      queries: [{ expr: 'nodejs_eventloop_lag_p99_seconds{job="vigie"}', legend: '{{instance}}' }],
      unit: 's',
      thresholds: betterLow(0.1, 0.2),
      ...third,
    }),
    timeseriesPanel({
      title: 'Durée d’un relevé',
      description:
        'Temps que Vigie met à donner ses mesures. Au-dessus d’une seconde : la base répond mal, ou trop de séries sont demandées (VIGIE_METRICS_ETABLISSEMENTS).',
      queries: [{ expr: 'scrape_duration_seconds{job="vigie"}', legend: '{{instance}}' }],
      unit: 's',
      thresholds: betterLow(0.2, 1),
      ...third,
    }),
    timeseriesPanel({
      title: 'Séries par relevé',
      description:
        'Séries données par chaque processus. Une croissance sans fin : une étiquette n’est pas bornée, signalez-le.',
      queries: [{ expr: 'scrape_samples_scraped{job="vigie"}', legend: '{{instance}}' }],
      unit: 'short',
      thresholds: betterLow(3_000, 50_000),
      ...third,
    }),
    timeseriesPanel({
      title: 'Écrans en direct ouverts',
      description:
        'Flux ouverts par la page du trafic OTP. Au-delà de 200, ajoutez un processus avant une cellule de crise.',
      queries: [{ expr: 'sum(live_streams_open)', legend: 'Flux' }],
      unit: 'short',
      thresholds: betterLow(150, 200),
      ...third,
    }),
  ],
}
