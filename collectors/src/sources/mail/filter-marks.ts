import type { Header } from './header-block.ts'

export type FilterKind = 'spam' | 'virus'
/** What a filter said: no word of the message itself. */
export type Verdict = 'propre' | 'suspect' | 'examiné' | 'non examiné'

export interface Mark {
  readonly kind: FilterKind
  readonly header: string
  readonly verdict: Verdict
}

interface KnownMark {
  readonly kind: FilterKind
  readonly name: RegExp
}

/** Headers that filters write: SpamAssassin, rspamd, amavis, MailScanner, Vade, Microsoft, Cisco, Barracuda, ClamAV… */
const KNOWN: readonly KnownMark[] = [
  { kind: 'spam', name: /^x-spam-(status|flag|score|level|checker-version|action)$/ },
  { kind: 'spam', name: /^x-spamd-(result|bar)$/ },
  { kind: 'spam', name: /^x-rspamd-(action|score|server|queue-id)$/ },
  { kind: 'spam', name: /^x-(mailscanner|mailcleaner)-spam(check|score)$/ },
  { kind: 'spam', name: /^x-[a-z0-9-]+-mailscanner-spam(check|score)$/ },
  { kind: 'spam', name: /^x-vr-spam(state|score)$/ },
  { kind: 'spam', name: /^x-vade(secure)?-(status|score|verdict)$/ },
  { kind: 'spam', name: /^x-ms-exchange-organization-scl$/ },
  { kind: 'spam', name: /^x-(forefront-antispam-report|microsoft-antispam)$/ },
  { kind: 'spam', name: /^x-ironport-anti-spam-(filtered|result)$/ },
  { kind: 'spam', name: /^x-barracuda-spam-(status|score|flag)$/ },
  {
    kind: 'spam',
    name: /^x-(proofpoint-spam-details|bogosity|dspam-result|pmx-version)$/,
  },
  { kind: 'virus', name: /^x-virus-(scanned|status|flag)$/ },
  { kind: 'virus', name: /^x-(antivirus|antivirus-status|av-checked|av-status|amavis-alert)$/ },
  { kind: 'virus', name: /^x-(mailscanner|mailcleaner)(-viruscheck)?$/ },
  { kind: 'virus', name: /^x-[a-z0-9-]+-mailscanner$/ },
  { kind: 'virus', name: /^x-(ironport-av|clamav|clamav-virus|kse-antivirus-info|klms-antivirus-status)$/ },
  { kind: 'virus', name: /^x-(proofpoint-virus-version|drweb-scan|sophos-antivirus|f-secure-av)$/ },
]

const UNSEEN =
  /\b(un-?scanned|not[ -]?(scanned|checked|tested)|skipped|bypass(ed)?|disabled|no virus scan(ner)?)\b/i
const DIRTY =
  /^(yes|true|spam|infected|virus|reject|high)\b|\b(infected|found to be infected|action: reject)\b/i
const CLEAN =
  /^(no|false|clean|ham|ok|pass|0|negative|legit)\b|\b(found to be clean|clean|not spam|no action)\b/i

/** In: a header that a filter writes. Out: its verdict in one of a few words. */
export function verdictOf({ name, value }: Header): Verdict {
  if (name === 'x-ms-exchange-organization-scl') return verdictOfLevel(value)
  const said = value.replace(/^default:\s*/i, '')
  if (said === '' || UNSEEN.test(said)) return 'non examiné'
  if (DIRTY.test(said)) return 'suspect'
  return CLEAN.test(said) ? 'propre' : 'examiné'
}

/** Spam confidence level of Exchange: -1 says that the filter was passed by. */
function verdictOfLevel(value: string): Verdict {
  const level = Number(value)
  if (value === '' || !Number.isInteger(level) || level < 0) return 'non examiné'
  return level >= 5 ? 'suspect' : 'propre'
}

/** In: the headers of a message, and more names that filters of the institution write. Out: their marks, each header once. */
export function marksOf(
  headers: readonly Header[],
  own: Readonly<Record<FilterKind, readonly string[]>>,
): readonly Mark[] {
  const known: readonly KnownMark[] = [
    ...KNOWN,
    ...(['spam', 'virus'] as const).flatMap((kind) =>
      own[kind].map((name) => ({
        kind,
        name: new RegExp(`^${name.toLowerCase().replaceAll(/[^a-z0-9-]/g, '')}$`),
      })),
    ),
  ]
  const marks = headers.flatMap((header): Mark[] =>
    known
      .filter(({ name }) => name.test(header.name))
      .slice(0, 1)
      .map(({ kind }) => ({ kind, header: header.name, verdict: verdictOf(header) })),
  )
  return [...new Map(marks.map((mark) => [`${mark.kind} ${mark.header}`, mark])).values()]
}

const METHOD = /\b(spf|dkim|dmarc)\s*=\s*(pass|fail|softfail|neutral|none|temperror|permerror)\b/gi

/** In: headers. Out: what the receiving server says of the sender's proofs, `dkim=pass` (RFC 8601, 2.2): no name is kept. */
export const authenticationOf = (headers: readonly Header[]): readonly string[] => [
  ...new Set(
    headers
      .filter(({ name }) => name === 'authentication-results')
      .flatMap(({ value }) => [...value.matchAll(METHOD)])
      .map(([, method = '', result = '']) => `${method}=${result}`.toLowerCase()),
  ),
]
