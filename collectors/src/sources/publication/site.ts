import { networkReason, tlsReason } from '../network-reason.ts'
import { breathe, probeSignal, type Pace } from '../etablissement/pace.ts'
import { askPage } from './page-exchange.ts'

/** Whether a public site is up over HTTPS, as a browser would find it. */
export type SiteVerdict =
  | { readonly kind: 'up' }
  /** It answered, or its certificate did: the site is at fault. */
  | { readonly kind: 'down'; readonly why: string }
  /** Nothing came: the site, or the network of Vigie. */
  | { readonly kind: 'silent'; readonly why: string }

const MAX_STEPS = 4

/** Visits a public site. Redirects are followed on its own host names only, `www.` or not; another host is an answer. */
export async function visit(
  site: URL,
  ca: string | undefined,
  pace: Pace,
  signal: AbortSignal,
): Promise<SiteVerdict> {
  let address = site
  for (let step = 0; step < MAX_STEPS; step += 1) {
    await breathe(pace, signal)
    const answer = await askPage(address, ca, probeSignal(pace, signal))
    signal.throwIfAborted()
    if (answer.kind === 'silent') {
      return answer.reason === 'certificate'
        ? { kind: 'down', why: tlsReason(answer.code) ?? 'certificat non reconnu' }
        : { kind: 'silent', why: networkReason(answer.code) }
    }
    if (answer.status >= 200 && answer.status < 300) return { kind: 'up' }
    if (answer.status < 300 || answer.status >= 400) return { kind: 'down', why: `réponse ${answer.status}` }
    if (!URL.canParse(answer.location, address.href)) return { kind: 'down', why: 'renvoi sans adresse' }
    const next = new URL(answer.location, address.href)
    if (next.protocol !== 'https:') return { kind: 'down', why: 'renvoi vers une adresse sans HTTPS' }
    const samePort = next.port === '' || next.port === site.port
    if (bare(next.hostname) !== bare(site.hostname) || !samePort) return { kind: 'up' }
    address = next
  }
  return { kind: 'down', why: 'renvois sans fin' }
}

const bare = (host: string): string => host.toLowerCase().replace(/^www\./, '')
