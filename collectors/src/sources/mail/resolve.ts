import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { CollectionError } from '../../collector.ts'

const ABSENT = new Set(['ENOTFOUND', 'ENODATA'])

/** What a collection asks of a resolver. A name that does not exist has no records; silence is a failure. */
export interface Names {
  txt(name: string): Promise<readonly string[]>
  /** Hosts that take the mail of a domain, the preferred one first. */
  mx(domain: string): Promise<readonly string[]>
  srv(name: string): Promise<readonly { readonly host: string; readonly port: number }[]>
  /** First address of a host; an address stands for itself. */
  address(host: string): Promise<string | null>
}

/** In: a resolver (`192.0.2.53:53`), null for that of the machine. Errors: `CollectionError` when it does not answer. */
export function namesOf(server: string | null, timeoutMs: number, signal: AbortSignal): Names {
  const ask = async <T>(
    name: string,
    question: (resolver: Resolver) => Promise<readonly T[]>,
  ): Promise<readonly T[]> => {
    signal.throwIfAborted()
    const resolver = new Resolver({ timeout: timeoutMs, tries: 1 })
    if (server !== null) resolver.setServers([server])
    const giveUp = () => resolver.cancel()
    signal.addEventListener('abort', giveUp, { once: true })
    try {
      return await question(resolver)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (ABSENT.has(code)) return []
      throw new CollectionError(`Le résolveur de noms ne répond pas pour ${name} (${code || 'erreur'}).`, {
        retryable: true,
      })
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }
  return {
    txt: (name) =>
      ask(name, async (resolver) => (await resolver.resolveTxt(name)).map((parts) => parts.join(''))),
    mx: (domain) =>
      ask(domain, async (resolver) =>
        (await resolver.resolveMx(domain))
          .toSorted((a, b) => a.priority - b.priority)
          .map(({ exchange }) => exchange)
          .filter((host) => host !== '' && host !== '.'),
      ),
    srv: (name) =>
      ask(name, async (resolver) =>
        (await resolver.resolveSrv(name))
          .toSorted((a, b) => a.priority - b.priority)
          .map((record) => ({ host: record.name, port: record.port }))
          .filter(({ host }) => host !== '' && host !== '.'),
      ),
    address: async (host) => {
      if (isIP(host) !== 0) return host
      const [four] = await ask(host, (resolver) => resolver.resolve4(host))
      if (four !== undefined) return four
      const [six] = await ask(host, (resolver) => resolver.resolve6(host))
      return six ?? null
    },
  }
}
