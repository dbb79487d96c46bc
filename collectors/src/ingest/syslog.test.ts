import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsOf } from './syslog-facts.ts'
import { createSyslogFramer } from './syslog-framer.ts'
import { paramOf, placeOf, readSyslog } from './syslog.ts'

const read = (text: string) => readSyslog(Buffer.from(text))
const recorded = (name: string) =>
  createSyslogFramer()
    .push(readFileSync(new URL(`../../fixtures/syslog/${name}`, import.meta.url)))
    .flatMap((frame) => (frame.kind === 'message' ? [readSyslog(frame.bytes)] : []))
const loginOf = (app: string, text: string, data = '-') =>
  factsOf(read(`<86>1 2026-11-21T22:36:57Z srv ${app} 1 - ${data} ${text}`)).login
const mailOf = (app: string, text: string) =>
  factsOf(read(`<22>1 2026-11-21T22:36:57Z srv ${app} 1 - - ${text}`)).mail

describe('RFC 5424', () => {
  it('reads what rsyslog sent', () => {
    const messages = recorded('gtls-tls.raw')
    expect(messages.every(({ structured }) => structured)).toBe(true)
    expect(messages[1]).toMatchObject({ host: 'srv-0000000x', app: 'sshd' })
    expect(messages[1]?.at).toEqual(new Date('2026-11-21T22:36:57.461Z'))
    expect(messages[1]?.text.endsWith('user=élève')).toBe(true)
  })

  it('reads structured data with its escapes', () => {
    const [message] = recorded('gtls-tls-rfc5424-sd.raw')
    expect(message?.elements.map(({ id }) => id)).toEqual(['timeQuality', 'auth@32473'])
    expect(message && paramOf(message, 'auth', 'user')).toBe('prof"x')
    expect(message && factsOf(message)).toEqual({ login: 'refused', mail: null })
  })

  it('says what is not well-formed, and never fails', () => {
    for (const text of [
      '',
      '<192>1 - h a p m -',
      '<34>2 - h a p m -',
      '<34>1 yesterday h a p m - x',
      '<34>1 2026-13-45T99:00:00Z h a p m - x',
      '<34>1 - h a p m [x',
      '<34>1 - h a p m [x y="z]',
      '<34>1 - h a p m [x] text'.replace(' text', 'text'),
      'anything',
    ])
      expect(read(text).structured, text).toBe(false)
    expect(read('<34>1 - - - - - -')).toMatchObject({ structured: true, at: null, host: null, text: '' })
  })

  it('reads the program and the text of an older format', () => {
    const message = read('<86>Nov 21 22:36:57 srv sshd[4242]: Failed password for root from 192.0.2.1')
    expect(message).toMatchObject({ structured: false, host: 'srv', app: 'sshd' })
    expect(factsOf(message).login).toBe('refused')
  })

  it('never fails on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(typeof factsOf(readSyslog(bytes))).toBe('object')
      }),
    )
  })

  it('gives back any parameter that was escaped as the format asks', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !/[\0\r\n]/.test(text))
    fc.assert(
      fc.property(value, (text) => {
        const escaped = text.replaceAll(/["\\\]]/g, (character) => `\\${character}`)
        const message = read(`<34>1 - h a p m [x@1 y="${escaped}"][z] end`)
        expect(paramOf(message, 'x', 'y')).toBe(Buffer.from(text).toString())
        expect(message.text).toBe('end')
      }),
    )
  })
})

describe('sequences', () => {
  it('reads the number and the emitter, with its epoch when it gives one', () => {
    expect(placeOf(read('<34>1 - h app p m [meta sequenceId="12"] x'))).toEqual({
      sequence: 12,
      emitter: 'app\nh\napp',
      fromOne: false,
      began: null,
    })
    expect(
      placeOf(read('<34>1 - h app p m [meta sequenceId="1"][vigie@32473 epoch="1700000000"] x')),
    ).toEqual({ sequence: 1, emitter: 'epoch\n1700000000', fromOne: true, began: 1_700_000_000_000 })
  })

  it('reads none where the number cannot be one', () => {
    for (const number of ['0', '-1', '2147483648', '1.5', 'x', ''])
      expect(placeOf(read(`<34>1 - h app p m [meta sequenceId="${number}"] x`)), number).toBeNull()
  })
})

describe('attempts to log in', () => {
  it('counts the genuine failures of sshd once each', () => {
    const facts = recorded('gtls-tls-real-sshd.raw').map((message) => factsOf(message).login)
    expect(facts.filter((fact) => fact === 'refused')).toHaveLength(2)
    expect(facts.filter((fact) => fact === 'accepted')).toHaveLength(0)
  })

  it.each([
    ['sshd', 'Accepted publickey for referent from 192.0.2.11 port 51515 ssh2: ED25519', 'accepted'],
    ['sshd-session', 'Failed password for root from 192.0.2.10 port 5 ssh2', 'refused'],
    ['sshd', 'Failed none for root from 192.0.2.10 port 5 ssh2', null],
    ['sshd', 'Invalid user admin from 192.0.2.10 port 51514', null],
    ['sshd', 'pam_unix(sshd:auth): authentication failure; logname= uid=0', null],
    ['login', 'pam_unix(login:auth): authentication failure; logname=LOGIN uid=0', 'refused'],
    [
      'gdm-password]',
      'pam_unix(gdm-password:session): session opened for user prof(uid=1000) by (uid=0)',
      'accepted',
    ],
    ['CRON', 'pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)', null],
    ['slapd', 'conn=1001 op=0 RESULT tag=97 err=0 qtime=0.000012 etime=0.000124 text=', 'accepted'],
    ['slapd', 'conn=1001 op=0 RESULT tag=97 err=49 qtime=0.000012 etime=0.000124 text=', 'refused'],
    ['slapd', 'conn=1001 op=1 RESULT tag=97 err=14 text=SASL(0): continue', null],
    ['slapd', 'conn=1001 op=1 SEARCH RESULT tag=101 err=0 nentries=1 text=', null],
    ['freeradius', '(12) Login OK: [prof] (from client wifi port 0)', 'accepted'],
    ['radiusd', 'Auth: (3) Login incorrect (pap: wrong password): [prof]', 'refused'],
    ['dovecot', 'imap-login: Login: user=<prof@college.invalid>, method=PLAIN, rip=192.0.2.1', 'accepted'],
    ['dovecot', 'imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs)', 'refused'],
    ['dovecot', 'imap-login: Disconnected: Inactivity (no auth attempts in 180 secs)', null],
    [
      'postfix/submission/smtpd',
      'warning: unknown[192.0.2.9]: SASL LOGIN authentication failed: x',
      'refused',
    ],
    ['krb5kdc', 'AS_REQ (8 etypes {18}) 192.0.2.3: PREAUTH_FAILED: prof@X for krbtgt', 'refused'],
    ['portail', 'une phrase qui parle de Failed password', null],
  ])('%s: %s', (app, text, expected) => {
    expect(loginOf(app, text)).toBe(expected)
  })

  it('reads Windows by the events that its forwarders name', () => {
    const app = 'Microsoft-Windows-Security-Auditing'
    expect(loginOf(app, 'x', '[NXLOG@14506 EventID="4625"]')).toBe('refused')
    expect(loginOf(app, 'x', '[NXLOG@14506 EventID="4624" LogonType="2"]')).toBe('accepted')
    expect(loginOf(app, 'x', '[NXLOG@14506 EventID="4624" LogonType="5"]')).toBeNull()
    expect(loginOf('-', 'MSWinEventLog\t1\tSecurity\t12\tSat Nov 21 2026\t4625\tx')).toBe('refused')
  })

  it('counts what an application says in the common form', () => {
    expect(loginOf('portail', 'x', '[auth@32473 result="success"]')).toBe('accepted')
    expect(loginOf('portail', 'x', '[auth@32473 result="other"]')).toBeNull()
  })
})

describe('mails', () => {
  it.each([
    [
      'postfix/submission/smtpd',
      '4Q1x2y3z: client=p[192.0.2.4], sasl_method=PLAIN, sasl_username=prof',
      'authored',
    ],
    ['postfix/submission/smtpd', '4Q1x2y3z: client=p[192.0.2.4]', 'unauthored'],
    ['postfix/smtpd', '4Q1x2y3z: client=copieur[10.1.2.3]', 'unauthored'],
    ['postfix/smtpd', '4Q1x2y3z: client=mx.exemple.invalid[203.0.113.9]', null],
    ['postfix/smtpd', '4Q1x2y3z: client=localhost[127.0.0.1]', null],
    ['postfix/pickup', '4Q1x2y3z: uid=1004 from=<prof>', 'authored'],
    ['postfix/pickup', '4Q1x2y3z: uid=33 from=<www-data>', 'unauthored'],
    ['postfix/pickup', '4Q1x2y3z: uid=0 from=<root>', null],
    ['postfix/smtp', '4Q1x2y3z: to=<a@exemple.invalid>, relay=x, status=sent (250 ok)', null],
  ])('%s: %s', (app, text, expected) => {
    expect(mailOf(app, text)).toBe(expected)
  })
})

describe('hostile texts', () => {
  const long = 65_000
  const hostile = [
    `<34>1 - h a p m [${'x '.repeat(long / 2)}`,
    `<34>1 - h a p m [x y="${'\\'.repeat(long)}`,
    `<34>1 - h a p m ${'[x]'.repeat(long / 3)}`,
    `<34>1 - h postfix/smtpd p m - ABCDEFG: client=${'[10.'.repeat(long / 4)}`,
    `<34>1 - h postfix/smtpd p m - warning: ${' SASL a'.repeat(long / 7)}`,
    `<34>1 - h a p m - MSWinEventLog ${'462 '.repeat(long / 4)}`,
    `<34>1 - h a p m - pam_unix(${'a'.repeat(long)}`,
    `<34>Nov 21 22:36:57 ${'a'.repeat(long)}`,
    `${'a'.repeat(300)}[${'1'.repeat(long)}`,
    `<34>1 - h freeradius p m - ${'Auth: '.repeat(long / 6)}`,
    `<34>${'\r\n\0'.repeat(long / 3)}`,
  ]

  it('cost what their length costs, and no more', () => {
    for (const text of hostile) factsOf(read(text))
    for (const text of hostile) {
      const bytes = Buffer.from(text)
      const start = performance.now()
      factsOf(readSyslog(bytes))
      expect(performance.now() - start, text.slice(0, 40)).toBeLessThan(100)
    }
  })
})
