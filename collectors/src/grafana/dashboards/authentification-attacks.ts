import type { DashboardRow } from '../definition.ts'
import { ACADEMIE, gauge } from '../expressions.ts'
import { betterLow } from '../panels/palette.ts'
import { statPanel } from '../panels/stat-panel.ts'
import { timeseriesPanel } from '../panels/timeseries-panel.ts'
import { ALERT_THRESHOLDS } from '../rules/thresholds.ts'

const { OtpBruteForce, OtpPasswordSpray, OtpReplay, OtpLockBurst, OtpErrorBudgetBurn } = ALERT_THRESHOLDS
const third = { width: 8, height: 8 }
const threshold = (alert: string) => ({
  expr: gauge('alert_threshold', `${ACADEMIE}, alert="${alert}"`),
  legend: 'Seuil d’alerte',
})

export const attacksRow: DashboardRow = {
  title: 'Attaques et verrous',
  panels: [
    timeseriesPanel({
      title: 'Acharnement sur un porteur',
      description: `Refus du porteur le plus refusé. Au-dessus du seuil (${OtpBruteForce.default} par défaut) OtpBruteForce sonne : la clé se met en pause toute seule, vérifiez d’où viennent les essais et appelez le porteur.`,
      queries: [
        { expr: 'max by (window) (otp_max_failures_per_login)', legend: 'sur {{window}}' },
        threshold('OtpBruteForce'),
      ],
      unit: 'short',
      thresholds: betterLow(OtpBruteForce.default / 2, OtpBruteForce.default),
      ...third,
    }),
    timeseriesPanel({
      title: 'Dispersion sur beaucoup d’identifiants',
      description: `Identifiants en échec. Au-dessus du seuil (${OtpPasswordSpray.default} par défaut) OtpPasswordSpray sonne : repérez la source, faites-la bloquer en amont, prévenez les porteurs touchés.`,
      queries: [
        { expr: 'max by (window) (otp_failing_logins)', legend: 'sur {{window}}' },
        threshold('OtpPasswordSpray'),
      ],
      unit: 'short',
      thresholds: betterLow(OtpPasswordSpray.default / 2, OtpPasswordSpray.default),
      ...third,
    }),
    timeseriesPanel({
      title: 'Source la plus refusée (10 min)',
      description:
        'Refus de l’adresse la plus refusée. Une adresse de personne est bloquée à 30 refus, un relais à 600 : si le relais s’en approche, toute une académie risque d’être coupée, réglez-le pour qu’il transmette l’adresse des appelants.',
      queries: [{ expr: gauge('otp_max_failures_per_source'), legend: 'sur {{window}}' }],
      unit: 'short',
      thresholds: betterLow(30, 600),
      ...third,
    }),
    timeseriesPanel({
      title: 'Codes présentés deux fois (2 min)',
      description: `Codes déjà utilisés et présentés de nouveau. Quelques-uns sont des retours en arrière du navigateur ; au-dessus du seuil (${OtpReplay.default} par défaut) quelqu’un capte des codes : cherchez le poste ou le portail commun.`,
      queries: [
        { expr: 'sum(increase(otp_verify_total{reason="replay"}[2m]))', legend: 'Rejeux' },
        threshold('OtpReplay'),
      ],
      unit: 'short',
      thresholds: betterLow(OtpReplay.default / 2, OtpReplay.default),
      ...third,
    }),
    timeseriesPanel({
      title: 'Clés verrouillées (10 min)',
      description: `Clés dont tous les essais sont épuisés. Au-dessus du seuil (${OtpLockBurst.default} par défaut), une attaque verrouille des porteurs : ne déverrouillez qu’après avoir bloqué la source.`,
      queries: [
        { expr: 'sum(increase(otp_lockouts_total[10m]))', legend: 'Verrous' },
        threshold('OtpLockBurst'),
      ],
      unit: 'short',
      thresholds: betterLow(1, OtpLockBurst.default),
      ...third,
    }),
    timeseriesPanel({
      title: 'Resynchronisations',
      description:
        'Remises à l’heure ou au compteur, par heure. Beaucoup à la fois : un lot de clés dérive, prévenez le fournisseur. Beaucoup de refusées : accompagnez les porteurs au téléphone.',
      queries: [{ expr: 'sum by (outcome) (increase(otp_resync_total[1h]))', legend: '{{outcome}}' }],
      unit: 'short',
      overrides: {
        accepted: [{ id: 'displayName', value: '✓ Réussies' }],
        rejected: [{ id: 'displayName', value: '✕ Refusées' }],
      },
      ...third,
    }),
    timeseriesPanel({
      title: 'Budget d’erreur de la vérification',
      description:
        'Part des vérifications restées sans réponse, sur 5 min, 30 min, 1 h et 6 h. OtpErrorBudgetBurn sonne quand une fenêtre courte et une longue dépassent ensemble le seuil : regardez la base et les journaux du service.',
      queries: [
        { expr: 'otp:error:ratio_rate5m', legend: '5 min' },
        { expr: 'otp:error:ratio_rate30m', legend: '30 min' },
        { expr: 'otp:error:ratio_rate1h', legend: '1 h' },
        { expr: 'otp:error:ratio_rate6h', legend: '6 h' },
      ],
      unit: 'percentunit',
      decimals: 3,
      width: 12,
      height: 8,
    }),
    statPanel({
      title: 'Budget d’erreur restant (30 jours)',
      description: `Ce qui reste du droit à l’erreur : au plus ${OtpErrorBudgetBurn.default} % de vérifications sans réponse en trente jours. En rouge : reportez les mises à jour risquées, traitez d’abord la cause des pannes.`,
      queries: [
        {
          expr: `1 - 100 * avg_over_time(otp:error:ratio_rate5m[30d]) / scalar(max(alert_threshold{${ACADEMIE}, alert="OtpErrorBudgetBurn"}))`,
        },
      ],
      unit: 'percentunit',
      decimals: 0,
      thresholds: [
        { value: null, color: '#d64545' },
        { value: 0.1, color: '#f2a900' },
        { value: 0.4, color: '#1f9d55' },
      ],
      width: 4,
      height: 8,
    }),
    timeseriesPanel({
      title: 'Appuis dans le vide (HOTP, p95)',
      description:
        'Codes sautés par les porteurs de clés à bouton avant un code accepté. Vers 10, la fenêtre est épuisée et les porteurs seront refusés : rappelez qu’un appui fait un code, proposez la resynchronisation.',
      queries: [
        {
          expr: 'histogram_quantile(0.95, sum by (le) (increase(otp_hotp_lookahead_steps_bucket[1h])))',
          legend: 'p95',
        },
      ],
      unit: 'short',
      thresholds: betterLow(5, 9),
      width: 8,
      height: 8,
    }),
  ],
}
