import { promql } from '../promql.ts'
import type { AlertDefinition } from '../rule.ts'

const MINIMUM = 'max by (departement) (otp_keys_minimum)'

/** Compares with the minimum that Vigie keeps for each stock; an empty stock may have no series of its own. */
export const otpStockLow: AlertDefinition = {
  name: 'OtpStockLow',
  expr: promql`(max by (departement) (otp_keys_available) or ${MINIMUM} * 0) < ${MINIMUM}`,
  for: '15m',
  severity: 'warning',
  service: 'INF-AUT',
  requirement: 'INF-AUT-2',
  summary: 'Le stock de clés d’un département passe sous son minimum',
  description:
    'Il reste {{ $value | printf "%.0f" }} clés disponibles pour le département {{ $labels.departement }}, moins que le minimum fixé.',
  observes: [MINIMUM],
  evaluation: '1m',
  fires: [
    {
      name: 'one stock is under its minimum, another is empty',
      interval: '1m',
      series: {
        'otp_keys_available{departement="991"}': '12x30',
        'otp_keys_minimum{departement="991"}': '20x30',
        'otp_keys_minimum{departement="992"}': '5x30',
      },
      at: '20m',
      alerts: [
        {
          labels: { departement: '991' },
          description: 'Il reste 12 clés disponibles pour le département 991, moins que le minimum fixé.',
        },
        {
          labels: { departement: '992' },
          description: 'Il reste 0 clés disponibles pour le département 992, moins que le minimum fixé.',
        },
      ],
    },
  ],
  silent: [
    {
      name: 'a stock is at its minimum, another has none set',
      interval: '1m',
      series: {
        'otp_keys_available{departement="991"}': '20x30',
        'otp_keys_minimum{departement="991"}': '20x30',
        'otp_keys_available{departement="992"}': '0x30',
      },
      at: '20m',
    },
  ],
}
