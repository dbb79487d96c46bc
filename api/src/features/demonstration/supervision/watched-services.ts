import type { CollectedAvailability } from '@vigie/collectors'
import type { ServiceId } from '@vigie/rules'
import type { PlannedEtablissement } from '../plan/etablissements.ts'
import type { PlannedObservation } from '../plan/evidence.ts'
import { wholeOf } from '../plan/sequence.ts'

interface WatchedService {
  readonly module: 'http' | 'tcp' | 'dns' | 'icmp'
  readonly label: string
  readonly service: ServiceId | null
  readonly address: (uai: string) => string
  /** Only where there is a network of one's own: collèges and lycées. */
  readonly secondDegree: boolean
}

const networkOf = (uai: string): string => `10.98.${wholeOf(1, 254, uai, 'network')}`

/** Address of the server of an establishment: what its agent reports. */
export const serverAddress = (uai: string): string => `${networkOf(uai)}.5`

const WATCHED: readonly WatchedService[] = [
  {
    module: 'http',
    label: 'Site de l’établissement',
    service: 'UTI-PUB',
    address: (uai) => `https://${uai.toLowerCase()}.ecoles-valmont.exemple.fr/`,
    secondDegree: false,
  },
  {
    module: 'icmp',
    label: 'Routeur',
    service: 'INF-SEC',
    address: (uai) => `${networkOf(uai)}.254`,
    secondDegree: false,
  },
  {
    module: 'tcp',
    label: 'Partage de fichiers',
    service: 'UTI-ESF',
    address: (uai) => `${serverAddress(uai)}:445`,
    secondDegree: true,
  },
  {
    module: 'dns',
    label: 'Serveur de noms',
    service: 'INF-ANN',
    address: serverAddress,
    secondDegree: true,
  },
]

export const watchedOf = ({ circonscription }: PlannedEtablissement): readonly WatchedService[] =>
  WATCHED.filter(({ secondDegree }) => !secondDegree || circonscription === null)

const KEY = 'supervision.availability_30d'
/** What the month's faults leave of the week, and of the other services. */
const SPANS = [
  ['30d', 1],
  ['7d', 0.6],
  ['1d', 0],
] as const
const OTHERS = 0.2

/** In: what Prometheus observed of the académie. Out: the availability behind it, the worst service as observed. */
export function availabilityOf(
  items: readonly PlannedEtablissement[],
  observations: readonly PlannedObservation[],
): CollectedAvailability[] {
  const worst = new Map(observations.filter(({ key }) => key === KEY).map((row) => [row.uai, row]))
  return items.flatMap((item) => {
    const seen = worst.get(item.uai)
    if (typeof seen?.value !== 'number') return []
    const lost = 1 - seen.value
    const services = watchedOf(item).flatMap(({ service }) => service ?? [])
    const bad = wholeOf(0, services.length - 1, item.uai, 'worst')
    return services.flatMap((service, index) =>
      SPANS.map(([span, left]) => ({
        uai: item.uai,
        service,
        span,
        ratio: 1 - lost * left * (index === bad ? 1 : OTHERS),
        observedAt: new Date(seen.observedAt),
      })),
    )
  })
}
