import type { Proven } from '../etablissement/findings.ts'
import { sideOf, type ControlVerdict } from './filtering-verdict.ts'
import { french } from './filtering-wording.ts'
import type { FilteringInput } from './filtering.ts'
import type { ListSample } from './list-sample.ts'
import { probeSites } from './probe-proxy.ts'

const DAY_MS = 86_400_000

/** The age of the filter's copy: its own date, or what it does of the sites added since an older copy. */
export async function ageOf(
  { target, lists, controls, pace }: FilteringInput,
  sample: ListSample,
  control: ControlVerdict,
  where: string,
  now: Date,
  signal: AbortSignal,
): Promise<readonly Proven[]> {
  const age = (date: Date, source: string): Proven => ({
    key: 'network.filtering_list_age',
    value: Math.max(0, (now.getTime() - date.getTime()) / DAY_MS),
    source,
  })
  if (lists.readByFilter) return [age(sample.changedAt, `${where}, date de la copie lue par le filtre`)]
  const { additions } = sample
  if (!additions || additions.sites.length === 0 || !target.proxy || control !== 'open') return []
  const readings = await probeSites(
    { ...target, proxy: target.proxy },
    additions.sites,
    controls,
    pace,
    signal,
  )
  const told = readings.sites.map(({ reading }) => sideOf(reading)).filter((side) => side !== 'unclear')
  if (told.length === 0) return []
  const recent = told.filter((side) => side === 'blocked').length / told.length >= 0.5
  return [
    recent
      ? age(sample.changedAt, `${where}, ajouts bloqués`)
      : age(additions.since, `${where}, ajouts depuis le ${french(additions.since)} non bloqués`),
  ]
}
