import type { DashboardDefinition } from '../definition.ts'
import { ACADEMIE, coverage, gauge, pointsRatio, total } from '../expressions.ts'
import { topLinks } from '../links.ts'
import { bargaugePanel } from '../panels/bargauge-panel.ts'
import { betterHigh, betterLow } from '../panels/palette.ts'
import { statPanel } from '../panels/stat-panel.ts'
import { timeseriesPanel } from '../panels/timeseries-panel.ts'
import { SERVICE_WORDS, SEVERITY_WORDS } from '../panels/words.ts'
import { FOR_ACADEMIE } from '../variables.ts'

const big = { valueSize: 90, height: 8 }
const textSize = 24
const mosaic = [{ title: 'Carte et mosaïque', path: '/academie' }]
const incidents = [{ title: 'Incidents', path: '/incidents' }]

/** For a comité technique, read from the back of a room: few figures, large, and what to decide. */
export const comite: DashboardDefinition = {
  uid: 'vigie-comite',
  title: 'Vigie · Comité technique',
  description:
    'Pour la séance du comité technique, lisible du fond de la salle : où en sommes-nous, qu’est-ce qui bloque, que décider ?',
  from: 'now-1y',
  refresh: '15m',
  variables: FOR_ACADEMIE,
  annotations: [],
  links: topLinks(
    { title: 'Carte et mosaïque', path: '/academie' },
    { title: 'Incidents', path: '/incidents' },
  ),
  rows: [
    {
      title: 'Où en sommes-nous ?',
      panels: [
        statPanel({
          title: 'Indice CARINE',
          description:
            'De 0 à 100. En rouge : la séance commence par le service le plus bas, un responsable et une date sont inscrits au relevé de décisions.',
          queries: [{ expr: gauge('carine_academie_score', ACADEMIE), legend: 'Indice' }],
          unit: 'short',
          decimals: 0,
          min: 0,
          max: 100,
          thresholds: betterHigh(50, 75),
          trend: true,
          links: mosaic,
          width: 8,
          ...big,
        }),
        statPanel({
          title: 'Exigences respectées',
          description:
            'Points obtenus sur points possibles au niveau « exigé ». En rouge : le comité demande un plan d’action aux départements les plus bas.',
          queries: [{ expr: pointsRatio('E', [], ACADEMIE), legend: 'Exigé' }],
          unit: 'percentunit',
          decimals: 0,
          thresholds: betterHigh(0.5, 0.75),
          links: mosaic,
          width: 8,
          ...big,
        }),
        statPanel({
          title: 'Ce que nous savons',
          description:
            'Part des exigences dont le statut est connu et frais. En rouge : avant de juger, décidez d’une campagne de déclaration.',
          queries: [{ expr: coverage([], ACADEMIE), legend: 'Couverture' }],
          unit: 'percentunit',
          decimals: 0,
          thresholds: betterHigh(0.5, 0.8),
          links: mosaic,
          width: 8,
          ...big,
        }),
      ],
    },
    {
      title: 'Qu’est-ce qui bloque ?',
      panels: [
        bargaugePanel({
          title: 'Les cinq services les moins respectés',
          description:
            'Parts respectées des exigences, le plus bas en haut. Le comité choisit un service, nomme qui agit (établissements, collectivité, académie) et fixe l’échéance.',
          queries: [
            {
              expr: 'sort(bottomk(5, service:carine_exige:ratio{academie="$academie"}))',
              legend: '{{service}}',
            },
          ],
          unit: 'percentunit',
          decimals: 0,
          min: 0,
          max: 1,
          thresholds: betterHigh(0.5, 0.75),
          overrides: SERVICE_WORDS,
          links: mosaic,
          textSize,
          width: 12,
          height: 10,
        }),
        bargaugePanel({
          title: 'Départements',
          description:
            'L’indice de chaque département. Le plus haut présente sa façon de faire, le plus bas dit ce qui lui manque.',
          queries: [
            {
              expr: `sort_desc(max by (departement) (carine_departement_score{${ACADEMIE}}))`,
              legend: '{{departement}}',
            },
          ],
          unit: 'short',
          decimals: 0,
          min: 0,
          max: 100,
          thresholds: betterHigh(50, 75),
          links: mosaic,
          textSize,
          width: 12,
          height: 10,
        }),
      ],
    },
    {
      title: 'Est-ce que nous progressons ?',
      panels: [
        timeseriesPanel({
          title: 'Indice et couverture sur un an',
          description:
            'L’indice de l’académie et ce que nous savons. Si les deux montent ensemble, c’est la connaissance qui progresse, pas encore la conformité.',
          queries: [
            { expr: gauge('carine_academie_score', ACADEMIE), legend: 'Indice' },
            { expr: `100 * ${coverage([], ACADEMIE)}`, legend: 'Couverture (%)' },
          ],
          unit: 'short',
          decimals: 0,
          min: 0,
          max: 100,
          width: 14,
          height: 9,
        }),
        bargaugePanel({
          title: 'Disponibilité des services sur un mois',
          description:
            'Moyenne des établissements suivis. Sous 99 % : rapprochez-la des conditions d’utilisation et demandez des comptes au prestataire.',
          queries: [
            {
              expr: 'sort(avg by (service) (service:availability:ratio_30d{academie="$academie"}))',
              legend: '{{service}}',
            },
          ],
          unit: 'percentunit',
          decimals: 1,
          min: 0,
          max: 1,
          thresholds: betterHigh(0.95, 0.99),
          overrides: SERVICE_WORDS,
          textSize,
          width: 10,
          height: 9,
        }),
      ],
    },
    {
      title: 'Incidents, clés, parc',
      panels: [
        statPanel({
          title: 'Incidents ouverts',
          description:
            'Par gravité. Un incident critique encore ouvert pendant la séance est le premier point de l’ordre du jour.',
          queries: [{ expr: gauge('incidents_open', ACADEMIE), legend: '{{severity}}' }],
          unit: 'short',
          overrides: SEVERITY_WORDS,
          links: incidents,
          width: 6,
          height: 8,
        }),
        statPanel({
          title: 'Délais de traitement (30 jours)',
          description:
            'Temps moyen de prise en charge et de résolution. Une prise en charge de plus d’une heure : revoyez l’astreinte et les destinataires des alertes.',
          queries: [
            { expr: gauge('incident_acknowledge_seconds', ACADEMIE), legend: 'Prise en charge' },
            { expr: gauge('incident_resolve_seconds', ACADEMIE), legend: 'Résolution' },
          ],
          unit: 's',
          decimals: 0,
          links: incidents,
          width: 6,
          height: 8,
        }),
        statPanel({
          title: 'Clés à remplacer dans l’année',
          description:
            'Clés qui atteignent leur fin de vie dans les douze mois. Le comité décide de la commande : elle prend plusieurs semaines.',
          queries: [{ expr: 'max(otp_keys_expiring{horizon="12m"})' }],
          unit: 'short',
          thresholds: betterLow(50, 500),
          links: [{ title: 'Clés', path: '/cles' }],
          width: 6,
          ...big,
        }),
        statPanel({
          title: 'Machines de plus de sept ans',
          description:
            'Part du parc à remplacer. En rouge : la collectivité est invitée à présenter son plan de renouvellement.',
          queries: [
            {
              expr: `${total('parc_machines_aged', [], ACADEMIE)} / ${total('parc_machines', [], ACADEMIE)}`,
            },
          ],
          unit: 'percentunit',
          decimals: 0,
          thresholds: betterLow(0.15, 0.3),
          links: mosaic,
          width: 6,
          ...big,
        }),
      ],
    },
  ],
}
