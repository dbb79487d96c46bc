import type { EvidenceKey } from '@vigie/rules'
import { defineCollector, type Collected, type CollectorIo } from '../../collector.ts'
import type { Part } from '../etablissement/findings.ts'
import { collectParts } from '../etablissement/pace.ts'
import type { MailConfig } from './config.ts'
import { findDkim, findDmarc, findSpf } from './domain-part.ts'
import { namesOf } from './resolve.ts'
import { findClientAccess, findStartTls, findWebAccess, type Asking } from './service-part.ts'

const keysOf = ({ selectors, webmail }: MailConfig): readonly EvidenceKey[] => [
  ...(['mail.spf', 'mail.dmarc', 'mail.starttls', 'mail.client_access'] as const),
  ...(selectors.length > 0 ? (['mail.dkim'] as const) : []),
  ...(webmail ? (['mail.web_access'] as const) : []),
]

/** Asks what a domain of mail publishes, and opens its servers without an account: no message is sent. */
export const mail = defineCollector<MailConfig>({
  name: 'mail',
  help: 'Interroge un domaine de courrier : SPF, DKIM, DMARC, chiffrement de ses serveurs, accès par logiciel et par le web.',
  keys: keysOf,
  uais: ({ uais }) => uais,
  collect: async (config, io, signal): Promise<Collected> => {
    const [first, ...others] = config.uais
    if (first === undefined) return { evidence: [], availability: [], failures: [], ignored: [] }
    const { evidence, failures, ignored } = await collectParts(
      partsOf(config, first),
      config.pace,
      io,
      signal,
    )
    return {
      evidence: [first, ...others].flatMap((uai) => evidence.map((one) => ({ ...one, uai }))),
      availability: [],
      failures: failures.map((failure) => ({ ...failure, uais: config.uais })),
      ignored,
    }
  },
})

/** What is asked once for all the establishments of a domain. In: that in whose name it is asked. */
function partsOf(config: MailConfig, uai: string): readonly Part[] {
  const part = (key: EvidenceKey, find: (asking: Asking) => ReturnType<Part['find']>): Part => ({
    uai,
    keys: [key],
    find: (io: CollectorIo, signal) => {
      const names = namesOf(config.resolver, config.pace.probeTimeoutMs, signal)
      return find({ config, names, now: io.now(), signal })
    },
  })
  return [
    part('mail.spf', ({ names }) => findSpf(config, names)),
    ...(config.selectors.length > 0 ? [part('mail.dkim', ({ names }) => findDkim(config, names))] : []),
    part('mail.dmarc', ({ names }) => findDmarc(config, names)),
    part('mail.starttls', findStartTls),
    part('mail.client_access', findClientAccess),
    ...(config.webmail ? [part('mail.web_access', findWebAccess)] : []),
  ]
}
