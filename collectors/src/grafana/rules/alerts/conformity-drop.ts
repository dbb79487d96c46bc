import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { academieThreshold } from '../threshold-expression.ts'

const SCORE = 'max by (academie) (carine_academie_score)'

export const conformityDrop: AlertDefinition = {
  name: 'ConformityDrop',
  expr: promql`
    max by (academie) (carine_academie_score offset 1w) - ${SCORE}
    > on (academie)
    ${academieThreshold('ConformityDrop', 'carine_academie_score')}
  `,
  for: '1h',
  severity: 'warning',
  summary: 'L’indice CARINE de l’académie {{ $labels.academie }} baisse',
  description:
    'L’indice CARINE de l’académie {{ $labels.academie }} a perdu {{ $value | printf "%.0f" }} points en une semaine.',
  observes: [SCORE],
  evaluation: '1h',
  fires: [
    {
      name: 'eight points are lost in a week',
      interval: '1h',
      series: { 'carine_academie_score{academie="98"}': '62x160 54x60' },
      at: '200h',
      alerts: [
        {
          labels: { academie: '98' },
          summary: 'L’indice CARINE de l’académie 98 baisse',
          description: 'L’indice CARINE de l’académie 98 a perdu 8 points en une semaine.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'two points are lost here, eight where the académie set ten',
      interval: '1h',
      series: {
        'carine_academie_score{academie="98"}': '62x160 60x60',
        'carine_academie_score{academie="97"}': '62x160 54x60',
        'alert_threshold{academie="97",alert="ConformityDrop"}': '10x220',
      },
      at: '200h',
    },
    {
      name: 'a week has not passed yet',
      interval: '1h',
      series: { 'carine_academie_score{academie="98"}': '62x50 20x50' },
      at: '90h',
    },
  ],
}
