import type { SyslogFacts } from './syslog-facts.ts'

/** A mail that leaves, its author known or not. */
export type MailFact = 'authored' | 'unauthored'

const QUEUED = /^[0-9A-Za-z]{6,20}: (client=|uid=(\d{1,10}) )/
const PRIVATE_CLIENT =
  /\[(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:)[0-9a-f.:]{1,40}\]/i
const SUBMISSION = ['postfix/submission/smtpd', 'postfix/submissions/smtpd', 'postfix/smtps/smtpd']
const SYSTEM_UIDS = 1_000

const fact = (login: SyslogFacts['login'], mail: MailFact | null): SyslogFacts => ({ login, mail })

/**
 * What a line of Postfix tells. A mail counts when it is handed in: with `sasl_username` its author is known; through the
 * submission ports or from a private address without one, nobody knows who wrote it; from elsewhere it is a mail received.
 */
export function mailFactOf(app: string, text: string): SyslogFacts {
  if (text.startsWith('warning: ') && / SASL [\w-]{1,20} authentication failed/.test(text))
    return fact('refused', null)
  const [, kind, uid] = QUEUED.exec(text) ?? []
  if (kind === undefined) return fact(null, null)
  if (uid !== undefined) {
    if (!app.endsWith('/pickup') || uid === '0') return fact(null, null)
    return fact(null, Number(uid) >= SYSTEM_UIDS ? 'authored' : 'unauthored')
  }
  if (!app.endsWith('/smtpd')) return fact(null, null)
  if (/ sasl_username=[^\s,]/.test(text)) return fact('accepted', 'authored')
  const handedIn = SUBMISSION.includes(app) || PRIVATE_CLIENT.test(text)
  return fact(null, handedIn ? 'unauthored' : null)
}
