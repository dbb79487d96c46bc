import type { DashboardRow } from '../definition.ts'
import { ACADEMIE, firing, gauge } from '../expressions.ts'
import { heatmapPanel } from '../panels/heatmap-panel.ts'
import { betterHigh, betterLow } from '../panels/palette.ts'
import { statPanel } from '../panels/stat-panel.ts'
import { timeseriesPanel } from '../panels/timeseries-panel.ts'
import { CHANNEL_WORDS, REASON_WORDS, TYPE_WORDS } from '../panels/words.ts'
import { ALERT_THRESHOLDS } from '../rules/thresholds.ts'

const { OtpBruteForce, OtpPasswordSpray, OtpLatencyHigh } = ALERT_THRESHOLDS
const small = { width: 4, height: 4 }
const incidents = [{ title: 'Incidents', path: '/incidents' }]

export const nowRow: DashboardRow = {
  title: 'En ce moment',
  panels: [
    statPanel({
      title: 'Codes acceptés (5 min)',
      description:
        'Part des codes présentés qui sont acceptés. En rouge : regardez le motif dominant plus bas. « Code faux » chez beaucoup de porteurs : horloge ou relais en panne. Chez un seul : attaque, ou porteur à aider.',
      queries: [{ expr: 'otp:verify_success:ratio_rate5m' }],
      unit: 'percentunit',
      decimals: 1,
      thresholds: betterHigh(0.6, 0.85),
      ...small,
    }),
    statPanel({
      title: 'Vérifications',
      description:
        'Codes vérifiés par seconde sur la dernière minute. À zéro en heures ouvrées : le portail ou le relais RADIUS n’atteint plus Vigie ; suivez la consigne de OtpPathSilent.',
      queries: [{ expr: 'sum(otp:verify:rate1m)' }],
      unit: 'suffix: /s',
      decimals: 2,
      trend: true,
      ...small,
    }),
    statPanel({
      title: 'Latence ressentie (p95)',
      description:
        'Durée que 95 vérifications sur 100 ne dépassent pas. En rouge : regardez les connexions à la base dans le tableau « Santé de la plateforme ».',
      queries: [{ expr: 'otp:verify_duration:p95' }],
      unit: 's',
      thresholds: betterLow(OtpLatencyHigh.default / 4, OtpLatencyHigh.default),
      trend: true,
      ...small,
    }),
    statPanel({
      title: 'Porteur le plus refusé (2 min)',
      description: `Refus du porteur le plus refusé en deux minutes. À partir de ${OtpBruteForce.default}, quelqu’un essaie des codes sur un compte : ouvrez l’incident, appelez le porteur à son numéro de rappel.`,
      queries: [{ expr: 'max(otp_max_failures_per_login{window="2m"})' }],
      unit: 'short',
      thresholds: betterLow(OtpBruteForce.default / 2, OtpBruteForce.default),
      links: incidents,
      ...small,
    }),
    statPanel({
      title: 'Identifiants en échec (2 min)',
      description: `Identifiants refusés en deux minutes. À partir de ${OtpPasswordSpray.default}, la même personne essaie sans doute beaucoup de comptes : cherchez la source dans Vigie et faites-la bloquer.`,
      queries: [{ expr: 'max(otp_failing_logins{window="2m"})' }],
      unit: 'short',
      thresholds: betterLow(OtpPasswordSpray.default / 2, OtpPasswordSpray.default),
      links: incidents,
      ...small,
    }),
    statPanel({
      title: 'Alertes en cours',
      description:
        'Alertes d’authentification qui sonnent. Au-dessus de zéro : ouvrez les incidents dans Vigie, prenez-les en charge, suivez la consigne liée.',
      queries: [{ expr: firing('alertname=~"Otp.+"') }],
      unit: 'short',
      thresholds: betterLow(1, 1),
      links: incidents,
      ...small,
    }),
  ],
}

export const trafficRow: DashboardRow = {
  title: 'Trafic',
  panels: [
    timeseriesPanel({
      title: 'Vérifications par motif',
      description:
        'Codes acceptés et refusés par seconde, chaque refus avec son motif. Une couleur qui enfle d’un coup dit quoi chercher : « identifiant inconnu » une énumération, « déjà utilisé » un rejeu, « source bloquée » une attaque déjà contenue.',
      queries: [{ expr: 'sum by (reason) (otp:verify:rate1m)', legend: '{{reason}}' }],
      unit: 'suffix: /s',
      stacked: true,
      calcs: ['lastNotNull', 'mean', 'max'],
      overrides: REASON_WORDS,
      width: 16,
      height: 10,
    }),
    timeseriesPanel({
      title: 'Latence',
      description:
        'La moitié, 95 % et 99 % des vérifications durent moins que cela. Le trait est le seuil de l’alerte OtpLatencyHigh : au-dessus, regardez la base de données et la charge des machines.',
      queries: [
        { expr: 'otp:verify_duration:p50', legend: 'p50' },
        { expr: 'otp:verify_duration:p95', legend: 'p95' },
        { expr: 'otp:verify_duration:p99', legend: 'p99' },
        {
          expr: gauge('alert_threshold', `${ACADEMIE}, alert="OtpLatencyHigh"`),
          legend: 'Seuil d’alerte',
        },
      ],
      unit: 's',
      width: 8,
      height: 10,
    }),
    timeseriesPanel({
      title: 'D’où viennent les vérifications',
      description:
        'Par chemin : applications, RADIUS, connexion à Vigie. Un chemin qui tombe à zéro quand les autres vivent est coupé : vérifiez le relais ou l’application, pas Vigie.',
      queries: [
        { expr: 'sum by (channel) (rate(otp_verify_total[$__rate_interval]))', legend: '{{channel}}' },
      ],
      unit: 'suffix: /s',
      overrides: CHANNEL_WORDS,
      width: 8,
      height: 8,
    }),
    timeseriesPanel({
      title: 'Par sorte de clé',
      description:
        'HOTP (à bouton) et TOTP (à l’heure). Des refus sur les seules clés TOTP : vérifiez l’heure des serveurs (NTP).',
      queries: [{ expr: 'sum by (type) (rate(otp_verify_total[$__rate_interval]))', legend: '{{type}}' }],
      unit: 'suffix: /s',
      overrides: TYPE_WORDS,
      width: 8,
      height: 8,
    }),
    heatmapPanel({
      title: 'Répartition des durées',
      description:
        'Où se tiennent les durées de vérification. Deux bandes séparées : une partie des vérifications attend la base de données.',
      queries: [
        {
          expr: 'sum by (le) (rate(otp_verify_duration_seconds_bucket[$__rate_interval]))',
          legend: '{{le}}',
        },
      ],
      unit: 's',
      width: 8,
      height: 8,
    }),
  ],
}
