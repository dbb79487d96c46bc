import { promql } from '../promql.ts'
import type { RecordingCase, RecordingGroup, RecordingRule } from '../rule.ts'

const ROUTES = 'route=~"/v1/otp/.*"'

/** Share of requests that a fault answered, over a time; nothing where nobody asked. */
const errorRatio = (selector: string, span: string): string => promql`
  (sum(rate(http_requests_total{${selector ? `${selector},` : ''}status=~"5.."}[${span}])) or vector(0))
  / (sum(rate(http_requests_total${selector ? `{${selector}}` : ''}[${span}])) > 0)
`

const requests: RecordingCase = {
  name: 'one answer in four is a fault, over two processes',
  interval: '1m',
  series: {
    'http_requests_total{method="POST",route="/v1/otp/verifications",status="2xx",instance="a"}': '0+24x480',
    'http_requests_total{method="POST",route="/v1/otp/verifications",status="5xx",instance="b"}': '0+8x480',
    'http_requests_total{method="GET",route="/v1/overview",status="2xx",instance="a"}': '0+96x480',
  },
  at: '7h',
  samples: [{ labels: '', value: 0.25 }],
}

const noFault: RecordingCase = {
  name: 'no fault ever',
  interval: '1m',
  series: { 'http_requests_total{method="POST",route="/v1/otp/verifications",status="4xx"}': '0+8x480' },
  at: '7h',
  samples: [{ labels: '', value: 0 }],
}

const burn = (span: string): RecordingRule => ({
  record: `otp:error:ratio_rate${span}`,
  expr: errorRatio(ROUTES, span),
  cases: [requests, noFault],
})

const durations = (quantile: number, value: number): RecordingRule => ({
  record: `otp:verify_duration:p${quantile}`,
  expr: `histogram_quantile(${quantile / 100}, sum by (le) (rate(otp_verify_duration_seconds_bucket[5m])))`,
  cases: [
    {
      name: 'durations spread evenly over a bucket of one second',
      interval: '1m',
      series: {
        'otp_verify_duration_seconds_bucket{le="1",channel="http"}': '0+60x30',
        'otp_verify_duration_seconds_bucket{le="+Inf",channel="http"}': '0+60x30',
        'otp_verify_duration_seconds_bucket{le="1",channel="radius"}': '0+40x30',
        'otp_verify_duration_seconds_bucket{le="+Inf",channel="radius"}': '0+40x30',
      },
      at: '20m',
      query: `round(otp:verify_duration:p${quantile}, 0.01)`,
      samples: [{ labels: '', value }],
    },
  ],
})

const attempts = {
  'otp_verify_total{channel="http",type="hotp",reason="accepted",instance="a"}': '0+40x200',
  'otp_verify_total{channel="radius",type="totp",reason="accepted",instance="b"}': '0+20x200',
  'otp_verify_total{channel="http",type="hotp",reason="bad_code",instance="a"}': '0+20x200',
} as const

/** The verification path: traffic, answers, durations. */
export const verification: RecordingGroup = {
  name: 'vigie-mesures-verification',
  interval: null,
  rules: [
    {
      record: 'otp:verify:rate1m',
      expr: 'sum by (reason) (rate(otp_verify_total[1m]))',
      cases: [
        {
          name: 'by reason, over processes, channels and kinds',
          interval: '10s',
          series: attempts,
          at: '10m',
          query: 'round(otp:verify:rate1m, 0.5)',
          samples: [
            { labels: '{reason="accepted"}', value: 6 },
            { labels: '{reason="bad_code"}', value: 2 },
          ],
        },
      ],
    },
    {
      record: 'otp:verify_success:ratio_rate5m',
      expr: promql`
        (sum(rate(otp_verify_total{reason="accepted"}[5m])) or vector(0))
        / (sum(rate(otp_verify_total[5m])) > 0)
      `,
      cases: [
        {
          name: 'three in four are accepted',
          interval: '10s',
          series: attempts,
          at: '10m',
          query: 'round(otp:verify_success:ratio_rate5m, 0.01)',
          samples: [{ labels: '', value: 0.75 }],
        },
      ],
    },
    {
      record: 'otp:verify:increase30m',
      expr: 'sum(increase(otp_verify_total[30m]))',
      cases: [
        {
          name: 'eighty each minute',
          interval: '1m',
          series: attempts,
          at: '2h',
          query: 'round(otp:verify:increase30m)',
          samples: [{ labels: '', value: 2_400 }],
        },
      ],
    },
    burn('5m'),
    burn('30m'),
    burn('1h'),
    burn('6h'),
    durations(50, 0.5),
    durations(95, 0.95),
    durations(99, 0.99),
    {
      record: 'http:request_errors:ratio_rate5m',
      expr: errorRatio('', '5m'),
      cases: [{ ...requests, samples: [{ labels: '', value: 0.0625 }] }, noFault],
    },
  ],
}
