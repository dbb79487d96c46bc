import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { academieThreshold } from '../threshold-expression.ts'

export const etablissementServiceDown: AlertDefinition = {
  name: 'EtablissementServiceDown',
  expr: promql`
    100 * service:up:avg
    < on (academie) group_left ()
    ${academieThreshold('EtablissementServiceDown', 'service:up:avg')}
  `,
  for: '5m',
  severity: 'warning',
  requirement: 'MCO-SEI-1',
  summary: 'Le service {{ $labels.service }} de l’établissement {{ $labels.uai }} ne répond plus',
  description:
    '{{ $value | printf "%.0f" }} % des cibles du service {{ $labels.service }} répondent dans l’établissement {{ $labels.uai }}.',
  observes: ['service:up:avg'],
  evaluation: '30s',
  fires: [
    {
      name: 'two of three targets are away',
      interval: '30s',
      series: {
        'up{job="vigie-node",academie="98",departement="991",uai="0990001N",service="INF-SEC",instance="a"}':
          '1x4 0x40',
        'probe_success{job="vigie-icmp",academie="98",departement="991",uai="0990001N",service="INF-SEC",instance="b"}':
          '1x4 0x40',
        'probe_success{job="vigie-tcp",academie="98",departement="991",uai="0990001N",service="INF-SEC",instance="c"}':
          '1x44',
      },
      at: '15m',
      alerts: [
        {
          labels: { academie: '98', departement: '991', uai: '0990001N', service: 'INF-SEC' },
          summary: 'Le service INF-SEC de l’établissement 0990001N ne répond plus',
          description: '33 % des cibles du service INF-SEC répondent dans l’établissement 0990001N.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'one of two targets is away; the probe answers but it is the target that counts',
      interval: '30s',
      series: {
        'probe_success{job="vigie-icmp",academie="98",departement="991",uai="0990001N",service="INF-SEC",instance="a"}':
          '0x40',
        'probe_success{job="vigie-icmp",academie="98",departement="991",uai="0990001N",service="INF-SEC",instance="b"}':
          '1x40',
      },
      at: '15m',
    },
    {
      name: 'a restart of two minutes',
      interval: '30s',
      series: {
        'up{job="vigie-node",academie="98",departement="991",uai="0990001N",service="INF-ANN",instance="a"}':
          '1x20 0x4 1x20',
      },
      at: '12m',
    },
  ],
}
