import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'
import { overallThreshold } from '../threshold-expression.ts'

const BUDGET = overallThreshold('OtpErrorBudgetBurn')
const LEAST_REQUESTS = 100

/**
 * Thirty days' budget of verifications without an answer. Burnt 14.4 times too fast, one hour takes 2 % of it; 6 times,
 * six hours take 5 %. The short window of each pair ends the alert soon after the fault does.
 */
export const otpErrorBudgetBurn: AlertDefinition = {
  name: 'OtpErrorBudgetBurn',
  expr: promql`
    (
      (100 * otp:error:ratio_rate1h > 14.4 * ${BUDGET} and on () 100 * otp:error:ratio_rate5m > 14.4 * ${BUDGET})
      or
      (100 * otp:error:ratio_rate6h > 6 * ${BUDGET} and on () 100 * otp:error:ratio_rate30m > 6 * ${BUDGET})
    )
    and on ()
      sum(increase(http_requests_total{route=~"/v1/otp/.*"}[1h])) > ${LEAST_REQUESTS}
  `,
  for: '1m',
  severity: 'critical',
  service: 'INF-AUT',
  requirement: 'INF-AUT-2',
  summary: 'Des vérifications de codes restent sans réponse',
  description:
    '{{ $value | printf "%.1f" | reReplaceAll "[.]" "," }} % des vérifications de codes échouent sur une erreur du service : le budget d’erreurs de trente jours s’épuise.',
  observes: ['otp:error:ratio_rate1h', 'otp:error:ratio_rate6h'],
  evaluation: '1m',
  fires: [
    {
      name: 'one verification in two gets no answer',
      interval: '1m',
      series: {
        'http_requests_total{method="POST",route="/v1/otp/verifications",status="2xx",instance="a"}':
          '0+30x120',
        'http_requests_total{method="POST",route="/v1/otp/radius",status="5xx",instance="b"}': '0+30x120',
      },
      at: '90m',
      alerts: [
        {
          description:
            '50,0 % des vérifications de codes échouent sur une erreur du service : le budget d’erreurs de trente jours s’épuise.',
        },
      ],
    },
    {
      name: 'two in a hundred get none since an hour only',
      interval: '1m',
      series: {
        'http_requests_total{method="POST",route="/v1/otp/verifications",status="2xx"}': '0+98x420',
        'http_requests_total{method="POST",route="/v1/otp/verifications",status="5xx"}': '0x359 0+2x60',
      },
      at: '7h',
      alerts: [
        {
          description:
            '2,0 % des vérifications de codes échouent sur une erreur du service : le budget d’erreurs de trente jours s’épuise.',
        },
      ],
    },
    {
      name: 'one in a hundred gets none, for hours',
      interval: '1m',
      series: {
        'http_requests_total{method="POST",route="/v1/otp/verifications",status="2xx"}': '0+99x480',
        'http_requests_total{method="POST",route="/v1/otp/verifications",status="5xx"}': '0+1x480',
      },
      at: '8h',
      alerts: [
        {
          description:
            '1,0 % des vérifications de codes échouent sur une erreur du service : le budget d’erreurs de trente jours s’épuise.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'refusals are answers, and another route fails',
      interval: '1m',
      series: {
        'http_requests_total{method="POST",route="/v1/otp/verifications",status="2xx"}': '0+60x120',
        'http_requests_total{method="POST",route="/v1/otp/verifications",status="4xx"}': '0+60x120',
        'http_requests_total{method="GET",route="/v1/overview",status="5xx"}': '0+60x120',
      },
      at: '90m',
    },
    {
      name: 'a handful of requests at night',
      interval: '1m',
      series: {
        'http_requests_total{method="POST",route="/v1/otp/verifications",status="5xx"}': '0+0.1x120',
      },
      at: '90m',
    },
    {
      name: 'a short fault within hours without any ended ten minutes ago',
      interval: '1m',
      series: {
        'http_requests_total{method="POST",route="/v1/otp/verifications",status="2xx"}': '0+98x420',
        'http_requests_total{method="POST",route="/v1/otp/verifications",status="5xx"}': '0x359 0+2x49 98x12',
      },
      at: '7h',
    },
    {
      name: 'one in two hundred get none since an hour',
      interval: '1m',
      series: {
        'http_requests_total{method="POST",route="/v1/otp/verifications",status="2xx"}': '0+199x420',
        'http_requests_total{method="POST",route="/v1/otp/verifications",status="5xx"}': '0x359 0+1x60',
      },
      at: '7h',
    },
    {
      name: 'the fault ended ten minutes ago',
      interval: '1m',
      series: {
        'http_requests_total{method="POST",route="/v1/otp/verifications",status="2xx"}': '0+30x120',
        'http_requests_total{method="POST",route="/v1/otp/verifications",status="5xx"}': '0+2x60 120x60',
      },
      at: '1h40m',
    },
  ],
}
