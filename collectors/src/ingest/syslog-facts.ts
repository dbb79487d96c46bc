import { mailFactOf, type MailFact } from './syslog-mail.ts'
import { anyParamOf, paramOf, type SyslogMessage } from './syslog.ts'

export type LoginFact = 'accepted' | 'refused'

/** What is counted of a message; nothing else of it is kept. */
export interface SyslogFacts {
  readonly login: LoginFact | null
  readonly mail: MailFact | null
}

/** Characters of the text that are looked at. */
const LOOKED_AT = 1_024
const NOTHING: SyslogFacts = { login: null, mail: null }

const login = (fact: LoginFact | null): SyslogFacts => (fact ? { login: fact, mail: null } : NOTHING)

/** sshd tells each attempt in one line; the lines of PAM about it would count it twice. */
function sshd(text: string): LoginFact | null {
  if (text.startsWith('Accepted ')) return 'accepted'
  return text.startsWith('Failed ') && !text.startsWith('Failed none ') ? 'refused' : null
}

/** Services whose sessions no person opened, or that tell of their attempts themselves. */
const NOT_OF_PAM = ['sshd', 'cron', 'crond', 'atd', 'systemd-user', 'runuser', 'runuser-l', 'dovecot', 'smtp']
const PAM = /^pam_(unix|sss|winbind|krb5|ldap)\(([\w.-]{1,40}):(auth|session)\): /

function pam(text: string): LoginFact | null {
  const [start, module, service, kind] = PAM.exec(text.slice(0, 80)) ?? []
  if (start === undefined || service === undefined || NOT_OF_PAM.includes(service)) return null
  const said = text.slice(start.length)
  if (kind === 'session')
    return module === 'unix' && said.startsWith('session opened for user ') ? 'accepted' : null
  return said.startsWith('authentication failure') || (said.startsWith('user ') && said.includes('denied'))
    ? 'refused'
    : null
}

/** Answer to a bind (LDAP response 97): 14 asks for more, 0 accepts, anything else refuses. */
const BIND_RESULT = /^conn=\d{1,12} op=\d{1,9} RESULT tag=97 err=(\d{1,4})/

function slapd(text: string): LoginFact | null {
  const code = BIND_RESULT.exec(text)?.[1]
  if (code === undefined || code === '14') return null
  return code === '0' ? 'accepted' : 'refused'
}

const RADIUS = /^(?:\(\d{1,12}\) {1,2}|Auth: ){0,2}Login (OK|incorrect)\b/

function radius(text: string): LoginFact | null {
  const outcome = RADIUS.exec(text)?.[1]
  return outcome === undefined ? null : outcome === 'OK' ? 'accepted' : 'refused'
}

const DOVECOT =
  /^(?:imap|pop3|managesieve|submission)-login: (Login: user=<|(?:Disconnected|Aborted login)\b)/

function dovecot(text: string): LoginFact | null {
  const said = DOVECOT.exec(text)?.[1]
  if (said === undefined) return null
  if (said.startsWith('Login:')) return 'accepted'
  return text.includes('auth failed') ? 'refused' : null
}

/** Sessions that no person opens: batch and service. */
const MACHINE_LOGON = ['0', '4', '5']
const SNARE_EVENT = /^(?:MSWinEventLog\s|\d{1,3}\s)?[^\r\n]{0,200}?\b(4624|4625|4771)\b/

function windows(message: SyslogMessage, text: string): LoginFact | null {
  const event =
    anyParamOf(message, 'eventid') ??
    (text.startsWith('MSWinEventLog') ? (SNARE_EVENT.exec(text)?.[1] ?? null) : null)
  if (event === '4625' || event === '4771') return 'refused'
  if (event !== '4624') return null
  return MACHINE_LOGON.includes(anyParamOf(message, 'logontype') ?? '') ? null : 'accepted'
}

function kerberos(text: string): LoginFact | null {
  if (!text.startsWith('AS_REQ ')) return null
  if (text.includes(' ISSUE: ')) return 'accepted'
  return text.includes(' PREAUTH_FAILED: ') || text.includes(' CLIENT_NOT_FOUND: ') ? 'refused' : null
}

/** Applications that follow no other form say it by `[auth@… result="success|failure"]`. */
function told(message: SyslogMessage): LoginFact | null {
  const result = paramOf(message, 'auth', 'result')?.toLowerCase()
  return result === 'success' ? 'accepted' : result === 'failure' ? 'refused' : null
}

/**
 * Recognises an attempt to log in, or a mail sent, by the form that well-known programs give to their messages. Out:
 * what to count; no name and no address leaves it. Time is bounded: the start of the text alone is looked at.
 */
export function factsOf(message: SyslogMessage): SyslogFacts {
  const text = message.text.slice(0, LOOKED_AT)
  const app = message.app?.toLowerCase() ?? ''
  if (app.startsWith('postfix')) return mailFactOf(app, text)
  if (app === 'sshd' || app === 'sshd-session') return login(sshd(text))
  if (text.startsWith('pam_')) return login(pam(text))
  switch (app) {
    case 'slapd':
      return login(slapd(text))
    case 'radiusd':
    case 'freeradius':
      return login(radius(text))
    case 'dovecot':
      return login(dovecot(text))
    case 'krb5kdc':
      return login(kerberos(text))
    default:
      return login(told(message) ?? windows(message, text))
  }
}
