import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'

/** Told by mail too: a Vigie that is down opens no incident. */
export const vigieDown: AlertDefinition = {
  name: 'VigieDown',
  expr: promql`up{job="vigie"} == 0 or absent(up{job="vigie"})`,
  for: '1m',
  severity: 'critical',
  summary: 'Vigie ne répond plus',
  description:
    'Prometheus ne lit plus les mesures de Vigie : la vérification des codes est peut-être arrêtée.',
  observes: ['up{job="vigie"}'],
  fires: [
    {
      name: 'one of two processes is away',
      interval: '10s',
      series: {
        'up{job="vigie",instance="a"}': '1x5 0x20',
        'up{job="vigie",instance="b"}': '1x25',
      },
      at: '3m',
      alerts: [{ labels: { job: 'vigie', instance: 'a' } }],
    },
    {
      name: 'Prometheus knows no Vigie at all',
      interval: '10s',
      series: { 'up{job="vigie-node",instance="a"}': '1x25' },
      at: '3m',
      alerts: [{ labels: { job: 'vigie' } }],
    },
  ],
  silent: [
    {
      name: 'a restart of twenty seconds',
      interval: '10s',
      series: { 'up{job="vigie",instance="a"}': '1x8 0x2 1x20' },
      at: '1m50s',
    },
  ],
}
