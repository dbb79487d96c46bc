import { promql } from '../promql.ts'
import type { RecordingGroup, RecordingRule } from '../rule.ts'

const SERVICE = 'academie, departement, uai, service'
const PLACE = '{academie="98",departement="991",uai="0990001N",service="INF-SEC"}'
const of = (job: string, instance: string) =>
  `{job="${job}",academie="98",departement="991",uai="0990001N",service="INF-SEC",instance="${instance}"}`

/** What Prometheus sees now: an exporter that answers, a probe that succeeds (a probe’s own `up` says nothing of its target). */
export const services: RecordingGroup = {
  name: 'vigie-mesures-services',
  interval: '30s',
  rules: [
    {
      record: 'service:up:avg',
      expr: promql`
        avg by (${SERVICE}) (
          up{job=~"vigie-(node|snmp)",service!=""}
          or
          probe_success{job=~"vigie-(http|icmp|tcp|dns)",service!=""}
        )
      `,
      cases: [
        {
          name: 'one target of four is away; the up of a probe and targets of no service do not count',
          interval: '30s',
          series: {
            [`up${of('vigie-node', 'a')}`]: '1x20',
            [`up${of('vigie-snmp', 'b')}`]: '1x20',
            [`up${of('vigie-http', 'c')}`]: '1x20',
            [`probe_success${of('vigie-http', 'c')}`]: '0x20',
            [`probe_success${of('vigie-icmp', 'd')}`]: '1x20',
            'up{job="vigie-node",academie="98",departement="991",uai="0990001N",instance="e"}': '0x20',
          },
          at: '5m',
          samples: [{ labels: PLACE, value: 0.75 }],
        },
      ],
    },
  ],
}

const availability = (span: string): RecordingRule => ({
  record: `service:availability:ratio_${span}`,
  expr: `avg_over_time(service:up:avg[${span}])`,
  cases: [
    {
      name: 'away one quarter of the time',
      interval: '30s',
      series: { [`probe_success${of('vigie-icmp', 'a')}`]: '0x30 1x89' },
      at: '59m30s',
      query: `round(service:availability:ratio_${span}, 0.05)`,
      samples: [{ labels: PLACE, value: 0.75 }],
    },
  ],
})

/** Availability over a day, a week and a month: long ranges, evaluated less often. */
export const availabilities: RecordingGroup = {
  name: 'vigie-mesures-disponibilite',
  interval: '5m',
  rules: [availability('1d'), availability('7d'), availability('30d')],
}
