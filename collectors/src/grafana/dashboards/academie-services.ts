import type { DashboardRow } from '../definition.ts'
import { ACADEMIE, DEPARTEMENTS, gauge, pointsRatio, total } from '../expressions.ts'
import { bargaugePanel } from '../panels/bargauge-panel.ts'
import { matrixPanel } from '../panels/matrix-panel.ts'
import { betterHigh, betterLow } from '../panels/palette.ts'
import { statPanel } from '../panels/stat-panel.ts'
import { timeseriesPanel } from '../panels/timeseries-panel.ts'
import { LEVEL_WORDS, SERVICE_WORDS } from '../panels/words.ts'
import { ALERT_THRESHOLDS } from '../rules/thresholds.ts'

const { ConformityDrop, CollectorSilent, BackupsLate } = ALERT_THRESHOLDS

export const servicesRow: DashboardRow = {
  title: 'Services',
  panels: [
    bargaugePanel({
      title: 'Exigences respectées, par service',
      description:
        'Les quinze services de CARINE dans toute l’académie, le plus respecté en haut. Le dernier est la première chose à porter au comité technique.',
      queries: [
        { expr: 'sort_desc(service:carine_exige:ratio{academie="$academie"})', legend: '{{service}}' },
      ],
      unit: 'percentunit',
      decimals: 0,
      min: 0,
      max: 1,
      thresholds: betterHigh(0.5, 0.75),
      overrides: SERVICE_WORDS,
      links: [{ title: 'Référentiel', path: '/catalogue' }],
      width: 9,
      height: 14,
    }),
    matrixPanel({
      title: 'Exigences respectées, département par service',
      description:
        'Chaque case : points obtenus sur points possibles au niveau « exigé ». Une colonne rouge se traite à l’académie ou avec la collectivité, une ligne rouge avec le département.',
      queries: [{ expr: pointsRatio('E', ['departement', 'service'], DEPARTEMENTS) }],
      rows: 'departement',
      columns: 'service',
      unit: 'percentunit',
      decimals: 0,
      thresholds: betterHigh(0.5, 0.75),
      width: 15,
      height: 14,
    }),
  ],
}

export const evolutionRow: DashboardRow = {
  title: 'Évolution',
  panels: [
    timeseriesPanel({
      title: 'Indice de l’académie et des départements',
      description:
        'L’indice au fil du temps. Une marche d’escalier vers le bas le même jour partout : une collecte s’est tue ou le référentiel a changé, pas les établissements.',
      queries: [
        { expr: gauge('carine_academie_score', ACADEMIE), legend: 'Académie' },
        {
          expr: `max by (departement) (carine_departement_score{${DEPARTEMENTS}})`,
          legend: '{{departement}}',
        },
      ],
      unit: 'short',
      decimals: 0,
      min: 0,
      max: 100,
      width: 10,
      height: 8,
    }),
    timeseriesPanel({
      title: 'Exigé et recommandé',
      description:
        'Parts respectées dans l’académie. Le recommandé qui monte quand l’exigé stagne : l’effort va au mauvais endroit.',
      queries: [
        { expr: 'academie:carine_exige:ratio{academie="$academie"}', legend: 'Exigé' },
        { expr: 'academie:carine_recommande:ratio{academie="$academie"}', legend: 'Recommandé' },
      ],
      unit: 'percentunit',
      decimals: 0,
      min: 0,
      max: 1,
      width: 9,
      height: 8,
    }),
    statPanel({
      title: 'Baisse depuis le plus haut de la semaine',
      description: `Points perdus par l’indice depuis son plus haut de la semaine. À partir de ${ConformityDrop.default}, ConformityDrop sonne : cherchez le service qui a baissé, puis la collecte qui l’alimente.`,
      queries: [
        {
          expr: `max by (academie) (max_over_time(carine_academie_score{${ACADEMIE}}[7d])) - ${gauge('carine_academie_score', ACADEMIE)}`,
          legend: 'Baisse',
        },
      ],
      unit: 'suffix: points',
      decimals: 1,
      thresholds: betterLow(ConformityDrop.default / 2, ConformityDrop.default),
      width: 5,
      height: 8,
    }),
  ],
}

export const evidenceRow: DashboardRow = {
  title: 'Ce que valent les preuves',
  panels: [
    bargaugePanel({
      title: 'Établissements muets',
      description: `Part des établissements qui transmettaient et ne transmettent plus. À partir de ${CollectorSilent.default} %, CollectorSilent sonne : vérifiez l’agent d’inventaire et le pare-feu du département.`,
      queries: [
        {
          expr: `${total('collector_silent_etablissements', ['departement'], DEPARTEMENTS)} / ${total('carine_etablissements', ['departement'], DEPARTEMENTS)}`,
          legend: '{{departement}}',
        },
      ],
      unit: 'percentunit',
      decimals: 1,
      min: 0,
      thresholds: betterLow(CollectorSilent.default / 200, CollectorSilent.default / 100),
      width: 8,
      height: 7,
    }),
    bargaugePanel({
      title: 'Sauvegardes en retard',
      description: `Part des établissements suivis dont la sauvegarde a dépassé son échéance. À partir de ${BackupsLate.default} %, BackupsLate sonne : appelez le prestataire, une restauration serait impossible.`,
      queries: [
        {
          expr: `${total('backup_late_etablissements', ['departement'], DEPARTEMENTS)} / ${total('backup_watched_etablissements', ['departement'], DEPARTEMENTS)}`,
          legend: '{{departement}}',
        },
      ],
      unit: 'percentunit',
      decimals: 1,
      min: 0,
      thresholds: betterLow(BackupsLate.default / 200, BackupsLate.default / 100),
      width: 8,
      height: 7,
    }),
    timeseriesPanel({
      title: 'Couverture par département',
      description:
        'Part des exigences dont le statut est connu et frais. Elle baisse d’elle-même quand les preuves vieillissent : relancez avant la rentrée et avant l’été.',
      queries: [
        { expr: `max by (departement) (carine_coverage_ratio{${DEPARTEMENTS}})`, legend: '{{departement}}' },
      ],
      unit: 'percentunit',
      decimals: 0,
      min: 0,
      max: 1,
      width: 8,
      height: 7,
    }),
  ],
}

export const pointsRow: DashboardRow = {
  title: 'Les points, niveau par niveau',
  collapsed: true,
  panels: [
    timeseriesPanel({
      title: 'Points obtenus, par niveau',
      description:
        'Ce que les établissements choisis obtiennent ; un « partiel » vaut un demi-point. Sert à vérifier un pourcentage.',
      queries: [{ expr: total('carine_points', ['level'], DEPARTEMENTS), legend: '{{level}}' }],
      unit: 'short',
      overrides: LEVEL_WORDS,
      width: 12,
      height: 8,
    }),
    timeseriesPanel({
      title: 'Points possibles, par niveau',
      description:
        'Ce que le référentiel demande aux établissements choisis. Ne bouge qu’avec l’annuaire ou le référentiel.',
      queries: [{ expr: total('carine_points_possible', ['level'], DEPARTEMENTS), legend: '{{level}}' }],
      unit: 'short',
      overrides: LEVEL_WORDS,
      width: 12,
      height: 8,
    }),
  ],
}
