import { failing, type Findings, type Part } from '../etablissement/findings.ts'
import { breathe, probeSignal, type Pace } from '../etablissement/pace.ts'
import { networkReason, tlsReason } from '../network-reason.ts'
import { readCertificate } from './certificate-probe.ts'

/** A TLS service of the establishment, `portail.exemple.fr:443`. */
export interface TlsService {
  readonly host: string
  readonly port: number
}

export interface CertificatesInput {
  readonly services: readonly TlsService[]
  /** PEM. */
  readonly ca?: string
  readonly pace: Pace
}

const DAY_MS = 86_400_000
const KEYS = ['network.certificate_days'] as const

/** Reads the certificate of each service: the nearest end counts. */
export const certificatesPart = (uai: string, input: CertificatesInput): Part => ({
  uai,
  keys: KEYS,
  find: (io, signal) => findCertificates(input, io.now(), signal),
})

async function findCertificates(
  { services, ca, pace }: CertificatesInput,
  now: Date,
  signal: AbortSignal,
): Promise<Findings> {
  const shown: { name: string; validTo: Date }[] = []
  const ignored: string[] = []
  for (const service of services) {
    await breathe(pace, signal)
    const name = `${service.host}:${service.port}`
    const reading = await readCertificate(service, ca, probeSignal(pace, signal))
    signal.throwIfAborted()
    if (reading.kind === 'silent') {
      ignored.push(`${name} ne répond pas (${networkReason(reading.code)})`)
      continue
    }
    if (reading.distrust !== null)
      ignored.push(`${name} : ${tlsReason(reading.distrust) ?? 'certificat non reconnu'}`)
    shown.push({ name, validTo: reading.validTo })
  }
  const [nearest] = shown.toSorted((left, right) => left.validTo.getTime() - right.validTo.getTime())
  if (!nearest) {
    return {
      ...failing(
        KEYS,
        `Aucun service ne montre de certificat : ${ignored.join(' ; ')}. Vérifiez les noms, et l’accès depuis Vigie.`,
      ),
      ignored,
    }
  }
  const days = Math.max(0, Math.floor((nearest.validTo.getTime() - now.getTime()) / DAY_MS))
  const source = `Certificat de ${nearest.name}, le plus proche de sa fin de ${shown.length}`
  return { proven: [{ key: KEYS[0], value: days, source }], failed: [], ignored }
}
