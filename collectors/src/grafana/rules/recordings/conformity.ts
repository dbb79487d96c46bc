import type { RecordingCase, RecordingGroup, RecordingRule } from '../rule.ts'

const PLACES = {
  academie: 'academie',
  departement: 'academie, departement',
  service: 'academie, service',
} as const

const SAME_ON_EACH_PROCESS = 'max by (academie, departement, service, level)'

const share = (place: keyof typeof PLACES, level: string): string => {
  const sum = (metric: string) =>
    `sum by (${PLACES[place]}) (${SAME_ON_EACH_PROCESS} (${metric}{level="${level}"}))`
  return `${sum('carine_points')}\n/ (${sum('carine_points_possible')} > 0)`
}

const points = (level: string) => ({
  [`carine_points{academie="98",departement="991",service="INF-AUT",level="${level}",instance="a"}`]: '10x30',
  [`carine_points{academie="98",departement="991",service="INF-AUT",level="${level}",instance="b"}`]: '10x30',
  [`carine_points{academie="98",departement="992",service="INF-ANN",level="${level}",instance="a"}`]:
    '22.5x30',
  [`carine_points_possible{academie="98",departement="991",service="INF-AUT",level="${level}",instance="a"}`]:
    '40x30',
  [`carine_points_possible{academie="98",departement="991",service="INF-AUT",level="${level}",instance="b"}`]:
    '40x30',
  [`carine_points_possible{academie="98",departement="992",service="INF-ANN",level="${level}",instance="a"}`]:
    '90x30',
  [`carine_points_possible{academie="98",departement="992",service="INF-DIF",level="${level}",instance="a"}`]:
    '0x30',
})

const SAMPLES = {
  academie: [{ labels: '{academie="98"}', value: 0.25 }],
  departement: [
    { labels: '{academie="98",departement="991"}', value: 0.25 },
    { labels: '{academie="98",departement="992"}', value: 0.25 },
  ],
  service: [
    { labels: '{academie="98",service="INF-AUT"}', value: 0.25 },
    { labels: '{academie="98",service="INF-ANN"}', value: 0.25 },
  ],
} as const

const rule = (place: keyof typeof PLACES, name: string, level: string): RecordingRule => {
  const played: RecordingCase = {
    name: 'points over points possible, as two processes read them; a service that applies nowhere has none',
    interval: '1m',
    series: points(level),
    at: '20m',
    samples: SAMPLES[place],
  }
  return {
    record: `${place}:carine_${name}:ratio`,
    expr: share(place, level),
    cases: [played],
  }
}

/** Shares of CARINE’s points, always over what applies: nothing where nothing applies. */
export const conformity: RecordingGroup = {
  name: 'vigie-mesures-conformite',
  interval: '1m',
  rules: (Object.keys(PLACES) as (keyof typeof PLACES)[]).flatMap((place) => [
    rule(place, 'exige', 'E'),
    rule(place, 'recommande', 'R'),
  ]),
}
