import { failing, type Findings } from '../etablissement/findings.ts'
import type { MailConfig } from './config.ts'
import type { Names } from './resolve.ts'
import { readDkim, readDmarc, readSpf, type Protection } from './tagged-record.ts'

type Key = 'mail.spf' | 'mail.dkim' | 'mail.dmarc'

const proving = (key: Key, domain: string, { protects, why }: Protection): Findings => ({
  proven: [{ key, value: protects, source: `Domaine ${domain} : ${why}` }],
  failed: [],
  ignored: [],
})

export const findSpf = async ({ domain }: MailConfig, names: Names): Promise<Findings> =>
  proving('mail.spf', domain, readSpf(await names.txt(domain)))

/** One key is enough: others wait for their turn, or end. */
export async function findDkim({ domain, selectors }: MailConfig, names: Names): Promise<Findings> {
  if (selectors.length === 0)
    return failing(['mail.dkim'], 'Donnez les sélecteurs DKIM du domaine par « selectors ».')
  const seen: Protection[] = []
  for (const selector of selectors) {
    const key = readDkim(await names.txt(`${selector}._domainkey.${domain}`))
    seen.push({ ...key, why: `${key.why} (${selector})` })
  }
  const best = seen.find(({ protects }) => protects) ?? seen[0]
  return best ? proving('mail.dkim', domain, best) : failing(['mail.dkim'], 'aucun sélecteur')
}

/** The policy of the domain, else that of the nearest parent which has one (RFC 7489, 6.6.3). */
export async function findDmarc({ domain }: MailConfig, names: Names): Promise<Findings> {
  const labels = domain.split('.')
  for (let from = 0; from <= labels.length - 2; from += 1) {
    const parent = labels.slice(from).join('.')
    const policy = readDmarc(await names.txt(`_dmarc.${parent}`), from > 0)
    if (policy) return proving('mail.dmarc', parent, policy)
  }
  return proving('mail.dmarc', domain, { protects: false, why: 'aucun enregistrement DMARC' })
}
