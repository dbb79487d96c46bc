import { CollectionError } from '../../collector.ts'
import { breathe, probeSignal, type Pace } from '../etablissement/pace.ts'
import { networkReason } from '../network-reason.ts'
import { sideOf } from './filtering-verdict.ts'
import type { ControlSites, FilteringTarget } from './filtering.ts'
import type { SampledSite } from './list-sample.ts'
import { askHeaders, askInsideTunnel, askTunnel, type Proxy, type ProxyAnswer } from './proxy-exchange.ts'
import { combine, foreignHost, readAnswer, type BlockSigns, type Reading } from './refusal.ts'

export interface SiteReadings {
  readonly sites: readonly { readonly site: SampledSite; readonly reading: Reading }[]
  readonly neutral: readonly Reading[]
  readonly allowed: readonly Reading[]
}

type ByProxy = FilteringTarget & { readonly proxy: Proxy }

interface Answers {
  readonly domain: string
  readonly headers: ProxyAnswer
  readonly tunnel: ProxyAnswer
  readonly inside: ProxyAnswer | null
}

/** Sites sent to one host before it is taken for that of a block page. */
const SHARED_BY = 3

/**
 * Asks the proxy for each site, by its address and by a tunnel: never for its content. Control sites come first: without a
 * proxy that answers, no listed site is asked. Errors: `CollectionError` when the proxy is down, or wants an account.
 */
export async function probeSites(
  target: ByProxy,
  sampled: readonly SampledSite[],
  controls: ControlSites,
  pace: Pace,
  signal: AbortSignal,
): Promise<SiteReadings> {
  const neutral = await answersOf(target, controls.neutral, pace, signal)
  const allowed = await answersOf(target, controls.allowed, pace, signal)
  const sites = await answersOf(
    target,
    sampled.map(({ domain }) => domain),
    pace,
    signal,
  )
  const signs = { ...target.signs, pages: learn(target.signs, sites, [...neutral, ...allowed]) }
  return {
    sites: sampled.map((site, at) => ({ site, reading: readingOf(sites[at], signs) })),
    neutral: neutral.map((answers) => readingOf(answers, signs)),
    allowed: allowed.map((answers) => readingOf(answers, signs)),
  }
}

/** True when the filter refuses every address that it must refuse for its content; false when there is none. */
export async function probeContent(
  { proxy, content, signs }: ByProxy,
  pace: Pace,
  signal: AbortSignal,
): Promise<boolean> {
  for (const address of content) {
    await breathe(pace, signal)
    const answer = await askHeaders(proxy, address, probeSignal(pace, signal))
    const reading = readAnswer(answer, address.hostname, 'headers', signs)
    const root = await askHeaders(proxy, new URL('/', address), probeSignal(pace, signal))
    const rootPasses = readAnswer(root, address.hostname, 'headers', signs).kind === 'passed'
    if (sideOf(reading) !== 'blocked' || !rootPasses) return false
  }
  return content.length > 0
}

async function answersOf(
  { proxy, insideTunnels }: ByProxy,
  domains: readonly string[],
  pace: Pace,
  signal: AbortSignal,
): Promise<Answers[]> {
  const answers: Answers[] = []
  for (const domain of domains) {
    await breathe(pace, signal)
    const headers = refuseTrouble(
      proxy,
      await askHeaders(proxy, new URL(`http://${domain}/`), probeSignal(pace, signal)),
    )
    const tunnel = await askTunnel(proxy, domain, probeSignal(pace, signal))
    const opened = insideTunnels && tunnel.kind === 'answered' && tunnel.status === 200
    const inside = opened ? await askInsideTunnel(proxy, domain, probeSignal(pace, signal)) : null
    signal.throwIfAborted()
    answers.push({ domain, headers, tunnel, inside })
  }
  return answers
}

function refuseTrouble({ url, credentials }: Proxy, answer: ProxyAnswer): ProxyAnswer {
  if (answer.kind === 'unreachable') {
    throw new CollectionError(
      `Le proxy ${url.host} ne répond pas (${networkReason(answer.code)}). Vérifiez son adresse et son port, et qu’il accepte la machine de Vigie.`,
      { retryable: true },
    )
  }
  if (answer.kind === 'answered' && answer.status === 407) {
    throw new CollectionError(
      credentials
        ? `Le proxy ${url.host} refuse le compte donné. Vérifiez « user » et le fichier de « passwordFile ».`
        : `Le proxy ${url.host} demande un compte. Donnez-lui-en un par « credentials ».`,
      { retryable: false },
    )
  }
  return answer
}

function learn(
  { pages }: BlockSigns,
  sites: readonly Answers[],
  controls: readonly Answers[],
): ReadonlySet<string> {
  const hostOf = ({ domain, headers }: Answers) => foreignHost(headers, domain)
  const innocent = new Set(controls.map(hostOf))
  const seen = Map.groupBy(sites.map(hostOf), (host) => host)
  const learnt = [...seen].flatMap(([host, hits]) =>
    host !== null && hits.length >= SHARED_BY && !innocent.has(host) ? [host] : [],
  )
  return new Set([...pages, ...learnt])
}

function readingOf(answers: Answers | undefined, signs: BlockSigns): Reading {
  if (!answers) return { kind: 'unclear', why: 'rien n’a été demandé' }
  const { domain, headers, tunnel, inside } = answers
  const byTunnel = readAnswer(tunnel, domain, 'tunnel', signs)
  const secure = inside ? readAnswer(inside, domain, 'headers', signs) : byTunnel
  return combine([readAnswer(headers, domain, 'headers', signs), secure])
}
