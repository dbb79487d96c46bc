/** Records of mail domains, as DNS texts hold them. */

/** In: `v=DMARC1; p=none`. Out: its tags in lower case; null when a part is no tag (RFC 6376, 3.2). */
export function readTags(text: string): ReadonlyMap<string, string> | null {
  const tags = new Map<string, string>()
  for (const part of text.split(';')) {
    if (part.trim() === '') continue
    const equals = part.indexOf('=')
    const name = part.slice(0, Math.max(equals, 0)).trim().toLowerCase()
    if (!/^[a-z][a-z0-9_]*$/.test(name) || tags.has(name)) return null
    tags.set(name, part.slice(equals + 1).trim())
  }
  return tags
}

/** What a domain says of one protection: it has it, or lacks it and why, in a few French words. */
export interface Protection {
  readonly protects: boolean
  readonly why: string
}

const protection = (protects: boolean, why: string): Protection => ({ protects, why })

const MECHANISM = /^([+?~-]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?:[:/].*)?$/i
const MODIFIER = /^[a-z][a-z0-9_.-]*=.*$/i

/** In: the TXT records of a domain. Out: whether SPF says whom to refuse (RFC 7208). */
export function readSpf(records: readonly string[]): Protection {
  const [record, ...others] = records.filter((text) => /^v=spf1(?: |$)/i.test(text))
  if (record === undefined) return protection(false, 'aucun enregistrement SPF')
  if (others.length > 0) return protection(false, 'plusieurs enregistrements SPF, donc aucun')
  const terms = record.split(/ +/).slice(1).filter(Boolean)
  const wrong = terms.find((term) => !MECHANISM.test(term) && !MODIFIER.test(term))
  if (wrong !== undefined) return protection(false, 'enregistrement SPF mal formé')
  const all = terms.map((term) => MECHANISM.exec(term)).find((term) => term?.[2]?.toLowerCase() === 'all')
  if (all) {
    const qualifier = all[1] === '' ? '+' : all[1]
    if (qualifier === '-' || qualifier === '~') return protection(true, `SPF ${qualifier}all`)
    return protection(false, `SPF ${qualifier}all : tout expéditeur est admis`)
  }
  return terms.some((term) => /^redirect=/i.test(term))
    ? protection(true, 'SPF renvoyé à un autre domaine')
    : protection(false, 'SPF sans « all » : tout expéditeur est admis')
}

/** In: the TXT records of one selector. Out: whether a key stands there (RFC 6376, 3.6.1): an empty one is withdrawn. */
export function readDkim(records: readonly string[]): Protection {
  const keys = records.map(readTags).filter((tags) => tags?.has('p') && isDkim(tags))
  const key = keys[0]?.get('p')?.replaceAll(/\s/g, '')
  if (key === undefined) return protection(false, 'aucune clé DKIM')
  if (key === '') return protection(false, 'clé DKIM retirée')
  return /^[A-Za-z0-9+/]+={0,2}$/.test(key)
    ? protection(true, 'clé DKIM publiée')
    : protection(false, 'clé DKIM mal formée')
}

const isDkim = (tags: ReadonlyMap<string, string>): boolean => (tags.get('v') ?? 'DKIM1') === 'DKIM1'

/**
 * In: the TXT records of `_dmarc.`, and whether they are those of a parent domain. Out: whether a receiver is told to refuse or
 * put aside what fails (RFC 7489, 6.3); null when no policy stands there.
 */
export function readDmarc(records: readonly string[], inherited: boolean): Protection | null {
  const found = records.filter((text) => /^v=DMARC1\s*(?:;|$)/i.test(text.trim()))
  const [record] = found
  if (record === undefined) return null
  const tags = found.length === 1 ? readTags(record) : null
  if (!tags) return protection(false, 'enregistrement DMARC mal formé')
  const policy = ((inherited ? tags.get('sp') : undefined) ?? tags.get('p') ?? '').toLowerCase()
  if (policy !== 'quarantine' && policy !== 'reject') {
    return protection(false, policy === 'none' ? 'DMARC sans consigne (p=none)' : 'DMARC sans consigne')
  }
  if (tags.get('pct') === '0') return protection(false, 'DMARC appliqué à aucun courrier (pct=0)')
  return protection(true, `DMARC ${policy}`)
}
