import { CollectionError } from '../../collector.ts'
import { breathe, type Pace } from '../etablissement/pace.ts'
import type { Side } from './filtering-verdict.ts'
import type { ControlSites, FilteringTarget } from './filtering.ts'
import type { SampledSite } from './list-sample.ts'
import { askName, readNames, type NameAnswer } from './resolver-probe.ts'

/**
 * Asks the school's resolver for each sampled site. Errors: `CollectionError` when it does not answer for the control sites:
 * a resolver that is down blocks nothing.
 */
export async function probeNames(
  target: FilteringTarget & { readonly resolver: string },
  sampled: readonly SampledSite[],
  controls: ControlSites,
  pace: Pace,
  signal: AbortSignal,
): Promise<readonly { site: SampledSite; side: Side }[]> {
  const ask = async (server: string, names: readonly string[]) => {
    const answers = new Map<string, NameAnswer>()
    for (const name of names) {
      await breathe(pace, signal)
      answers.set(name, await askName(server, name, pace.probeTimeoutMs, signal))
    }
    return answers
  }
  const control = await ask(target.resolver, [...controls.neutral, ...controls.allowed])
  if (![...control.values()].some(({ kind }) => kind === 'addresses')) {
    throw new CollectionError(
      `Le résolveur ${target.resolver} ne donne pas même les sites témoins. Vérifiez son adresse, et qu’il accepte la machine de Vigie.`,
      { retryable: true },
    )
  }
  const domains = sampled.map(({ domain }) => domain)
  const answers = await ask(target.resolver, domains)
  const reference =
    target.referenceResolver === undefined ? null : await ask(target.referenceResolver, domains)
  const readings = readNames(answers, [...control.values()], reference, target.blockAddresses)
  return sampled.map((site) => {
    const blocked = readings.get(site.domain) ?? null
    return { site, side: blocked === null ? 'unclear' : blocked ? 'blocked' : 'passed' }
  })
}
