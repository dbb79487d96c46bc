import type { Threshold, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard'
import { MappingType, SpecialValueMatch } from '@grafana/grafana-foundation-sdk/dashboard'

/** Colours of Vigie's statuses, the same on its screens; a sign or a word always goes with them. */
export const GREEN = '#1f9d55'
export const AMBER = '#f2a900'
export const RED = '#d64545'
export const GREY = '#8e9aaf'
export const PURPLE = '#8f5bd6'
export const BLUE = '#4a86e8'

/** Colours of a number that is better high: red below `bad`, green from `good` on. */
export const betterHigh = (bad: number, good: number): Threshold[] => [
  { value: null, color: RED },
  { value: bad, color: AMBER },
  { value: good, color: GREEN },
]

/** Colours of a number that is better low: amber from `watch` on, red from `bad` on. */
export const betterLow = (watch: number, bad: number): Threshold[] => [
  { value: null, color: GREEN },
  ...(watch < bad ? [{ value: watch, color: AMBER }] : []),
  { value: bad, color: RED },
]

/** A number that is neither good nor bad. */
export const neutral: Threshold[] = [{ value: null, color: BLUE }]

const value = (text: string, color: string, index: number) => ({ text, color, index })

/** Words for 1 and 0. */
export const yesOrNo = (yes: string, no: string): ValueMapping[] => [
  {
    type: MappingType.ValueToText,
    options: { '1': value(`✓ ${yes}`, GREEN, 0), '0': value(`✕ ${no}`, RED, 1) },
  },
]

/** Words for the share of a service's targets that answer. */
export const answering: ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: { '1': value('✓ Répond', GREEN, 0), '0': value('✕ Ne répond pas', RED, 1) },
  },
  {
    type: MappingType.RangeToText,
    options: { from: 0.0001, to: 0.9999, result: value('◐ En partie', AMBER, 2) },
  },
  {
    type: MappingType.SpecialValue,
    options: { match: SpecialValueMatch.NullAndNan, result: value('? Sans preuve', GREY, 3) },
  },
]

/** Words for a row of `ALERTS`. */
export const alerting: ValueMapping[] = [
  { type: MappingType.ValueToText, options: { '1': value('⚠ En cours', RED, 0) } },
]
