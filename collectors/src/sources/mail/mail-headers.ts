import { CollectionError, defineCollector, type Collected } from '../../collector.ts'
import { sourceText } from '../etablissement/findings.ts'
import type { HeaderConfig } from './config.ts'
import { authenticationOf, marksOf, type FilterKind, type Mark } from './filter-marks.ts'
import { deliveryOf, readHeaders } from './header-block.ts'

/** Headers of a message that an administrator submits. */
export interface SubmittedHeaders extends HeaderConfig {
  readonly message: string
}

const KEYS = { spam: 'mail.spam_filter', virus: 'mail.virus_filter' } as const
const NAMED = { spam: 'antispam', virus: 'antivirus' } as const
/** A message older than this says nothing of today's filters. */
const OLDEST_MS = 7 * 86_400_000

/**
 * Reads the marks that filters left on a probe message. Kept: names of headers and verdicts; no address, subject nor body.
 * Errors: `CollectionError` when it is no message, or was not taken in by the institution.
 */
export const mailHeaders = defineCollector<SubmittedHeaders>({
  name: 'mail',
  help: 'Lit les marques des filtres sur un message d’essai.',
  keys: () => Object.values(KEYS),
  uais: ({ uais }) => uais,
  collect: (config, io) => Promise.resolve().then(() => readProbe(config, io.now())),
})

function readProbe(config: SubmittedHeaders, now: Date): Collected {
  const headers = readHeaders(config.message)
  if (!headers.some(({ name }) => name === 'received')) {
    throw refusal('Le fichier n’est pas un message reçu : il n’a pas d’en-tête « Received ».')
  }
  const { by, at } = deliveryOf(headers)
  if (config.trustedHosts.length > 0 && !isWithin(by, config.trustedHosts)) {
    throw refusal(
      'Le message n’a pas été reçu par un serveur de l’institution. Complétez « trustedHosts », ou prenez un message de sa boîte.',
    )
  }
  if (at && (now.getTime() - at.getTime() > OLDEST_MS || at.getTime() - now.getTime() > 86_400_000)) {
    throw refusal('Le message date de plus de 7 jours, ou de demain. Envoyez un nouveau message d’essai.')
  }
  const observedAt = at && at < now ? at : now
  const marks = marksOf(headers, config.marks)
  const authentication = authenticationOf(headers)
  return {
    evidence: config.uais.flatMap((uai) =>
      (['spam', 'virus'] as const).map((kind) => ({
        uai,
        key: KEYS[kind],
        value: examined(marks, kind).length > 0,
        observedAt,
        source: sourceText(`Message d’essai à ${config.domain} : ${said(marks, kind)}`),
      })),
    ),
    availability: [],
    failures: [],
    ignored:
      authentication.length > 0
        ? [{ reason: `vérifications du serveur : ${authentication.join(', ')}`, count: 1 }]
        : [],
  }
}

const refusal = (message: string) => new CollectionError(message, { retryable: false })

const isWithin = (by: string | null, hosts: readonly string[]): boolean =>
  by !== null && hosts.some((host) => by === host.toLowerCase() || by.endsWith(`.${host.toLowerCase()}`))

const examined = (marks: readonly Mark[], kind: FilterKind): readonly Mark[] =>
  marks.filter((mark) => mark.kind === kind && mark.verdict !== 'non examiné')

function said(marks: readonly Mark[], kind: FilterKind): string {
  const own = marks.filter((mark) => mark.kind === kind)
  return own.length === 0
    ? `aucune marque d’${NAMED[kind]}`
    : own.map(({ header, verdict }) => `${header} (${verdict})`).join(', ')
}
