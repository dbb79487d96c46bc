import type { SampleVerdict } from './filtering-verdict.ts'
import type { FilteringInput } from './filtering.ts'
import type { ListSample } from './list-sample.ts'

/** Where the filtering was tried, with the name and date of the lists. */
export function whereOf({ target, lists }: FilteringInput, sample: ListSample, byProxy: boolean): string {
  const way = byProxy ? `Proxy ${target.proxy?.url.host}` : `Résolveur ${target.resolver}`
  return `${way}, ${lists.name} du ${french(sample.changedAt)} (${lists.categories.join(', ')})`
}

/** ` : 9 sites bloqués sur 10` */
export const told = ({ blocked, passed }: SampleVerdict): string =>
  ` : ${blocked} sites bloqués sur ${blocked + passed}`

const METHODS = ['liste', 'sites autorisés seuls', 'nom de domaine', 'contenu'] as const
/** In: which of the methods were seen, in their order. */
export const methodsTold = (methods: readonly boolean[]): string => {
  const names = METHODS.filter((_, at) => methods[at])
  return names.length > 0 ? ` : ${names.join(', ')}` : ''
}

/** Why a sample proves nothing, and what to do. */
export const tooLittle = ({ blocked, passed, unclear }: SampleVerdict): string =>
  `Trop peu de sites listés répondent pour juger : ${blocked} bloqués, ${passed} ouverts, ${unclear} sans réponse. Augmentez « perCategory », ou indiquez « blockPages » ou « blockMarks ».`

/** `20/11/2026` */
export const french = (date: Date): string =>
  date.toLocaleDateString('fr-FR', {
    timeZone: 'Europe/Paris',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  })
