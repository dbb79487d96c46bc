import { promql } from '../promql.ts'
import type { RecordingGroup } from '../rule.ts'

/** France’s holidays of a fixed date, month by month; those that follow Easter are not computed. */
const HOLIDAYS: readonly (readonly [month: number, day: number])[] = [
  [1, 1],
  [5, 1],
  [5, 8],
  [7, 14],
  [8, 15],
  [11, 1],
  [11, 11],
  [12, 25],
]

const holiday = HOLIDAYS.map(
  ([month, day]) => `(month() == bool ${month}) * (day_of_month() == bool ${day})`,
).join(' + ')

/**
 * PromQL knows UTC only. Summer time lasts from the last Sunday of March to the last of October: the Sunday on or before
 * today, `day_of_month() - day_of_week()`, is the last one of a month of 31 days from the 25th on. The change is thus
 * made at midnight UTC instead of 1 h, on a Sunday: no office hour is wrong.
 */
export const calendar: RecordingGroup = {
  name: 'vigie-calendrier',
  interval: null,
  rules: [
    {
      record: 'paris:utc_offset:hours',
      expr: promql`
        1
        + (month() > bool 3) * (month() < bool 10)
        + (month() == bool 3) * (day_of_month() - day_of_week() >= bool 25)
        + (month() == bool 10) * (day_of_month() - day_of_week() < bool 25)
      `,
      evaluation: '12h',
      cases: [
        { name: 'winter', interval: '1m', series: {}, at: '24h', samples: [{ labels: '', value: 1 }] },
        {
          name: 'the last Saturday of March 1970',
          interval: '1m',
          series: {},
          at: '2076h',
          samples: [{ labels: '', value: 1 }],
        },
        {
          name: 'the Sunday that changes, in March',
          interval: '1m',
          series: {},
          at: '2100h',
          samples: [{ labels: '', value: 2 }],
        },
        {
          name: 'the last Saturday of October',
          interval: '1m',
          series: {},
          at: '7116h',
          samples: [{ labels: '', value: 2 }],
        },
        {
          name: 'the Sunday that changes, in October',
          interval: '1m',
          series: {},
          at: '7140h',
          samples: [{ labels: '', value: 1 }],
        },
      ],
    },
    {
      record: 'paris:office_hours:bool',
      expr: promql`
        (day_of_week() >= bool 1) * (day_of_week() <= bool 5)
        * (hour() + paris:utc_offset:hours >= bool 8) * (hour() + paris:utc_offset:hours < bool 18)
        * (1 - (${holiday}))
      `,
      evaluation: '1h',
      cases: [
        {
          name: 'New Year’s Day, a Thursday',
          interval: '1m',
          series: {},
          at: '10h',
          samples: [{ labels: '', value: 0 }],
        },
        {
          name: 'Friday at 7 h in Paris',
          interval: '1m',
          series: {},
          at: '30h',
          samples: [{ labels: '', value: 0 }],
        },
        {
          name: 'Friday at 8 h in Paris',
          interval: '1m',
          series: {},
          at: '31h',
          samples: [{ labels: '', value: 1 }],
        },
        {
          name: 'Friday at 18 h in Paris',
          interval: '1m',
          series: {},
          at: '41h',
          samples: [{ labels: '', value: 0 }],
        },
        {
          name: 'Saturday at 11 h',
          interval: '1m',
          series: {},
          at: '58h',
          samples: [{ labels: '', value: 0 }],
        },
        {
          name: 'Monday 30 March at 8 h in Paris, in summer time',
          interval: '1m',
          series: {},
          at: '2118h',
          samples: [{ labels: '', value: 1 }],
        },
      ],
    },
  ],
}
