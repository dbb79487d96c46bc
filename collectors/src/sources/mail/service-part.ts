import type { EvidenceKey } from '@vigie/rules'
import { failing, type Findings } from '../etablissement/findings.ts'
import { breathe, probeSignal } from '../etablissement/pace.ts'
import { knock } from '../publication/door.ts'
import { CLIENT_PROTOCOLS, type ClientEndpoint, type ClientProtocol, type MailConfig } from './config.ts'
import { readEncryption, type Encryption, type Service } from './encryption.ts'
import type { Names } from './resolve.ts'
import { IMAP, RELAY, SUBMISSION } from './speech.ts'

/** What the parts of a mail collection work with. */
export interface Asking {
  readonly config: MailConfig
  readonly names: Names
  readonly now: Date
  readonly signal: AbortSignal
}

/** Every server that takes the domain's mail encrypts it, under its own name (STARTTLS, RFC 3207). */
export async function findStartTls({ config, names, now, signal }: Asking): Promise<Findings> {
  const hosts = await names.mx(config.domain)
  if (hosts.length === 0) {
    return failing(['mail.starttls'], `Le domaine ${config.domain} n’annonce aucun serveur de courrier (MX).`)
  }
  const seen: Encryption[] = []
  for (const host of hosts) {
    seen.push(
      await ask({ host, port: config.mxPort, direct: false, speech: RELAY }, { config, names, now, signal }),
    )
  }
  return judged('mail.starttls', 'Serveurs de courrier', seen)
}

const SRV: readonly ClientProtocol[] = ['imaps', 'imap', 'submissions', 'submission']

/** A mail program may read and send, encrypted both ways. */
export async function findClientAccess(asking: Asking): Promise<Findings> {
  const { config, names } = asking
  const endpoints = config.clients.length > 0 ? config.clients : await announced(config.domain, names)
  if (endpoints.length === 0) {
    return failing(
      ['mail.client_access'],
      'Donnez les serveurs IMAP et d’envoi par « clients », ou annoncez-les par des enregistrements SRV.',
    )
  }
  const uses: Findings[] = []
  for (const use of ['read', 'send'] as const) {
    const own = endpoints.filter(({ protocol }) => CLIENT_PROTOCOLS[protocol].use === use)
    uses.push(await findUse(asking, use, own))
  }
  return bothOf(uses)
}

const SAID = { read: 'lecture', send: 'envoi' } as const

/** One endpoint that works is enough for each use. */
async function findUse(
  asking: Asking,
  use: 'read' | 'send',
  endpoints: readonly ClientEndpoint[],
): Promise<Findings> {
  const key = 'mail.client_access'
  const seen: Encryption[] = []
  for (const { protocol, host, port } of endpoints) {
    const { direct } = CLIENT_PROTOCOLS[protocol]
    const state = await ask({ host, port, direct, speech: use === 'read' ? IMAP : SUBMISSION }, asking)
    if (state.kind === 'encrypted') {
      return {
        proven: [{ key, value: true, source: `${SAID[use]} : ${host} (${protocol})` }],
        failed: [],
        ignored: [],
      }
    }
    seen.push(state)
  }
  if (seen.length === 0) {
    return {
      proven: [{ key, value: false, source: `${SAID[use]} : aucun serveur` }],
      failed: [],
      ignored: [],
    }
  }
  return judged(key, SAID[use], seen)
}

function bothOf(uses: readonly Findings[]): Findings {
  const proven = uses.flatMap((use) => use.proven)
  const lacking = proven.filter(({ value }) => value === false)
  const failed = uses.flatMap((use) => use.failed)
  if (lacking.length === 0 && failed.length > 0) return { proven: [], failed, ignored: [] }
  const source = `Accès par logiciel : ${(lacking.length > 0 ? lacking : proven).map((one) => one.source).join(' ; ')}`
  return {
    proven: [{ key: 'mail.client_access', value: lacking.length === 0, source }],
    failed: [],
    ignored: [],
  }
}

async function announced(domain: string, names: Names): Promise<readonly ClientEndpoint[]> {
  const found: ClientEndpoint[] = []
  for (const protocol of SRV) {
    for (const { host, port } of await names.srv(`_${protocol}._tcp.${domain}`))
      found.push({ protocol, host, port })
  }
  return found
}

/** One that is bare says no for all; one that is silent leaves it unknown. */
function judged(key: EvidenceKey, what: string, seen: readonly Encryption[]): Findings {
  const bare = seen.find((state) => state.kind === 'bare')
  const silent = seen.find((state) => state.kind === 'silent')
  if (bare) {
    return {
      proven: [{ key, value: false, source: `${what} : ${bare.host}, ${bare.why}` }],
      failed: [],
      ignored: [],
    }
  }
  if (silent) {
    return failing([key], `${silent.host} ne répond pas (${silent.why}). Vérifiez que Vigie peut le joindre.`)
  }
  return {
    proven: [{ key, value: true, source: `${what} : ${seen.map(({ host }) => host).join(', ')}` }],
    failed: [],
    ignored: [],
  }
}

async function ask(
  service: Omit<Service, 'address'>,
  { config, names, now, signal }: Asking,
): Promise<Encryption> {
  await breathe(config.pace, signal)
  const address = await names.address(service.host)
  if (address === null) return { kind: 'bare', host: service.host, why: 'nom sans adresse' }
  const state = await readEncryption(
    { ...service, address },
    config.ca,
    now,
    probeSignal(config.pace, signal),
  )
  signal.throwIfAborted()
  return state
}

/** Mail on the web asks who comes, under a right certificate. */
export async function findWebAccess({ config, signal }: Asking): Promise<Findings> {
  const { webmail, ca, pace } = config
  if (!webmail)
    return failing(['mail.web_access'], 'Donnez l’adresse du courrier par le web par « webmail ».')
  const verdict = await knock(webmail, ca, pace, signal)
  if (verdict.kind === 'unproven') return failing(['mail.web_access'], verdict.why)
  const source = `Courrier par le web ${webmail.url.host} : ${verdict.kind === 'login' ? verdict.how : 'ouvert à tous'}`
  return {
    proven: [{ key: 'mail.web_access', value: verdict.kind === 'login', source }],
    failed: [],
    ignored: [],
  }
}
