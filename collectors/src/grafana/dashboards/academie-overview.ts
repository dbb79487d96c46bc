import type { DashboardRow } from '../definition.ts'
import { ACADEMIE, DEPARTEMENTS, coverage, gauge, pointsRatio, total } from '../expressions.ts'
import { bargaugePanel } from '../panels/bargauge-panel.ts'
import { BLUE, PURPLE, betterHigh } from '../panels/palette.ts'
import { statPanel } from '../panels/stat-panel.ts'
import { tablePanel } from '../panels/table-panel.ts'

const small = { width: 4, height: 5 }
const mosaic = [{ title: 'Mosaïque', path: '/academie' }]

export const overviewRow: DashboardRow = {
  title: 'L’essentiel',
  panels: [
    statPanel({
      title: 'Indice CARINE',
      description:
        'De 0 à 100 : part des exigences respectées, pondérée par les recommandations. En rouge : prenez le service le plus bas ci-dessous et ouvrez une action par établissement concerné.',
      queries: [{ expr: gauge('carine_academie_score', ACADEMIE), legend: 'Indice' }],
      unit: 'short',
      decimals: 0,
      min: 0,
      max: 100,
      thresholds: betterHigh(50, 75),
      trend: true,
      links: mosaic,
      ...small,
    }),
    statPanel({
      title: 'Exigences respectées',
      description:
        'Points obtenus sur points possibles au niveau « exigé » ; sans preuve compte comme non conforme. En rouge : demandez d’abord les réponses et les collectes manquantes.',
      queries: [
        { expr: pointsRatio('E', [], DEPARTEMENTS), legend: 'Exigé' },
        { expr: total('carine_points', [], `${DEPARTEMENTS}, level="E"`), legend: 'Obtenus' },
        { expr: total('carine_points_possible', [], `${DEPARTEMENTS}, level="E"`), legend: 'Possibles' },
      ],
      unit: 'short',
      overrides: {
        Exigé: [
          { id: 'unit', value: 'percentunit' },
          { id: 'decimals', value: 0 },
          { id: 'thresholds', value: { mode: 'absolute', steps: betterHigh(0.5, 0.75) } },
        ],
      },
      links: mosaic,
      ...small,
    }),
    statPanel({
      title: 'Recommandations suivies',
      description:
        'Points obtenus sur points possibles au niveau « recommandé ». Bas n’est pas une faute : regardez les dérogations accordées avant d’agir.',
      queries: [{ expr: pointsRatio('R', [], DEPARTEMENTS), legend: 'Recommandé' }],
      unit: 'percentunit',
      decimals: 0,
      thresholds: betterHigh(0.3, 0.6),
      links: mosaic,
      ...small,
    }),
    statPanel({
      title: 'Couverture',
      description:
        'Part des exigences dont le statut est connu et frais. En rouge : l’indice ne dit rien de sûr ; relancez les collectes muettes et lancez une campagne de déclaration.',
      queries: [{ expr: coverage([], DEPARTEMENTS), legend: 'Couverture' }],
      unit: 'percentunit',
      decimals: 0,
      thresholds: betterHigh(0.5, 0.8),
      links: mosaic,
      ...small,
    }),
    statPanel({
      title: 'À arbitrer et dérogations',
      description:
        'Contradictions entre ce qui est observé et ce qui est déclaré, et dérogations en cours. Une contradiction compte au pire tant que le RSSI n’a pas tranché : ouvrez la file de revue.',
      queries: [
        { expr: total('carine_contradictions', [], DEPARTEMENTS), legend: '≠ Contradictions' },
        { expr: total('carine_derogations', [], DEPARTEMENTS), legend: '◷ Dérogations' },
      ],
      unit: 'short',
      overrides: {
        '≠ Contradictions': [{ id: 'color', value: { mode: 'fixed', fixedColor: PURPLE } }],
        '◷ Dérogations': [{ id: 'color', value: { mode: 'fixed', fixedColor: BLUE } }],
      },
      links: mosaic,
      ...small,
    }),
    statPanel({
      title: 'Établissements évalués',
      description:
        'Établissements du premier et du second degré dans les départements choisis. Un nombre qui chute : l’import de l’annuaire a échoué, regardez la santé de la plateforme.',
      queries: [{ expr: total('carine_etablissements', ['degree'], DEPARTEMENTS), legend: '{{degree}}' }],
      unit: 'short',
      overrides: {
        d1: [{ id: 'displayName', value: 'Écoles' }],
        d2: [{ id: 'displayName', value: 'Collèges et lycées' }],
      },
      links: mosaic,
      ...small,
    }),
  ],
}

export const departementsRow: DashboardRow = {
  title: 'Départements',
  panels: [
    tablePanel({
      title: 'Les départements',
      description:
        'Une ligne par département. Commencez par la couverture la plus basse : sans preuves, l’indice ne veut rien dire. Cliquez sur le département pour ses établissements.',
      labels: [
        {
          label: 'departement',
          title: 'Département',
          link: { title: 'Mosaïque du département', path: '/academie?departement=${__value.text}' },
        },
      ],
      values: [
        {
          expr: `max by (departement) (carine_departement_score{${DEPARTEMENTS}})`,
          title: 'Indice',
          unit: 'short',
          decimals: 0,
          thresholds: betterHigh(50, 75),
        },
        {
          expr: pointsRatio('E', ['departement'], DEPARTEMENTS),
          title: 'Exigé',
          unit: 'percentunit',
          decimals: 0,
          thresholds: betterHigh(0.5, 0.75),
        },
        {
          expr: pointsRatio('R', ['departement'], DEPARTEMENTS),
          title: 'Recommandé',
          unit: 'percentunit',
          decimals: 0,
          thresholds: betterHigh(0.3, 0.6),
        },
        {
          expr: coverage(['departement'], DEPARTEMENTS),
          title: 'Couverture',
          unit: 'percentunit',
          decimals: 0,
          thresholds: betterHigh(0.5, 0.8),
        },
        {
          expr: total('carine_contradictions', ['departement'], DEPARTEMENTS),
          title: '≠ Contradictions',
          unit: 'short',
        },
        {
          expr: total('carine_derogations', ['departement'], DEPARTEMENTS),
          title: '◷ Dérogations',
          unit: 'short',
        },
        {
          expr: total('carine_etablissements', ['departement'], DEPARTEMENTS),
          title: 'Établissements',
          unit: 'short',
        },
      ],
      sortBy: 'Indice',
      ascending: true,
      width: 16,
      height: 9,
    }),
    bargaugePanel({
      title: 'Indice par département',
      description:
        'L’indice CARINE de chaque département. Un écart de plus de vingt points se traite entre voisins : faites se rencontrer les équipes.',
      queries: [
        {
          expr: `sort_desc(max by (departement) (carine_departement_score{${DEPARTEMENTS}}))`,
          legend: '{{departement}}',
        },
      ],
      unit: 'short',
      decimals: 0,
      min: 0,
      max: 100,
      thresholds: betterHigh(50, 75),
      width: 8,
      height: 9,
    }),
  ],
}
