import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { academieThreshold } from '../threshold-expression.ts'

const DAYS_LEFT =
  'min by (academie, departement, uai, instance) (probe_ssl_earliest_cert_expiry - time()) / 86400'

export const certificateExpiring: AlertDefinition = {
  name: 'CertificateExpiring',
  expr: promql`
    ${DAYS_LEFT}
    < on (academie) group_left ()
    ${academieThreshold('CertificateExpiring', 'probe_ssl_earliest_cert_expiry')}
  `,
  for: '10m',
  severity: 'warning',
  service: 'INF-SEC',
  requirement: 'INF-SEC-1',
  summary: 'Un certificat arrive en fin de validité',
  description:
    'Le certificat de {{ $labels.instance }} n’est plus valable que {{ $value | printf "%.0f" }} jours.',
  observes: [DAYS_LEFT],
  evaluation: '1m',
  fires: [
    {
      name: 'ten days are left to a school’s site, five to an address of no académie',
      interval: '1m',
      series: {
        'probe_ssl_earliest_cert_expiry{academie="98",departement="991",uai="0990001N",instance="https://college.exemple.fr"}':
          '865800x40',
        'probe_ssl_earliest_cert_expiry{instance="https://vigie.exemple.fr"}': '433800x40',
      },
      at: '30m',
      alerts: [
        {
          labels: {
            academie: '98',
            departement: '991',
            uai: '0990001N',
            instance: 'https://college.exemple.fr',
          },
          description: 'Le certificat de https://college.exemple.fr n’est plus valable que 10 jours.',
        },
        {
          labels: { instance: 'https://vigie.exemple.fr' },
          description: 'Le certificat de https://vigie.exemple.fr n’est plus valable que 5 jours.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'two months are left, and ten days where the académie set a week',
      interval: '1m',
      series: {
        'probe_ssl_earliest_cert_expiry{academie="98",uai="0990001N",instance="https://college.exemple.fr"}':
          '5184000x40',
        'probe_ssl_earliest_cert_expiry{academie="97",uai="0990002P",instance="https://lycee.exemple.fr"}':
          '864000x40',
        'alert_threshold{academie="97",alert="CertificateExpiring"}': '7x40',
      },
      at: '30m',
    },
  ],
}
