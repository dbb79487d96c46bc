import { describe, expect, it } from 'vitest'
import { readSettings } from './settings.ts'

const mailOf = (url?: string, from?: string) =>
  readSettings({ VIGIE_SMTP_URL: url, VIGIE_MAIL_FROM: from }).mail

describe('the mail server, from the environment', () => {
  it('is none when its address is absent or empty', () => {
    expect(mailOf()).toBeNull()
    expect(mailOf('  ', 'vigie@exemple.fr')).toBeNull()
  })

  it('is kept as given, with a bare sender or a named one', () => {
    const url = 'smtps://vigie:secret%40@smtp.exemple.fr:465'
    for (const from of ['vigie@exemple.fr', 'Vigie <vigie@exemple.fr>']) {
      expect(mailOf(url, from)).toEqual({ url, from })
    }
  })

  it.each(['http://smtp.exemple.fr', 'smtp.exemple.fr', 'smtp://'])('refuses the address %s', (url) => {
    expect(() => mailOf(url, 'vigie@exemple.fr')).toThrow('VIGIE_SMTP_URL')
  })

  it.each([undefined, 'vigie', 'a@b.fr, c@d.fr', 'Vigie <vigie>', 'a@b.fr\r\nBcc: c@d.fr'])(
    'refuses the sender %j',
    (from) => {
      expect(() => mailOf('smtp://smtp.exemple.fr', from)).toThrow('VIGIE_MAIL_FROM')
    },
  )
})

describe('metrics, from the environment', () => {
  it('tell of no establishment and listen nowhere else, unless asked', () => {
    expect(readSettings({})).toMatchObject({ metricsEtablissements: false, metricsListen: null })
    expect(readSettings({ VIGIE_METRICS_ETABLISSEMENTS: 'oui' })).toMatchObject({
      metricsEtablissements: true,
    })
    expect(() => readSettings({ VIGIE_METRICS_ETABLISSEMENTS: 'peut-être' })).toThrow('oui ou par non')
  })

  it.each([
    ['127.0.0.1:9610', '127.0.0.1', 9610],
    ['[::1]:9610', '::1', 9610],
    ['vigie.exemple.fr:0', 'vigie.exemple.fr', 0],
  ])('listen on %s', (text, host, port) => {
    expect(readSettings({ VIGIE_METRICS_LISTEN: text }).metricsListen).toEqual({ host, port })
  })

  it.each(['9610', ':9610', '::1:9610', '127.0.0.1', '127.0.0.1:99999', 'http://127.0.0.1:9610'])(
    'refuse the address %s',
    (text) => {
      expect(() => readSettings({ VIGIE_METRICS_LISTEN: text })).toThrow('VIGIE_METRICS_LISTEN')
    },
  )
})

describe('attached documents, from the environment', () => {
  const proofs = (size?: string, clamd?: string) =>
    readSettings({ VIGIE_PROOF_MAX_MIB: size, VIGIE_CLAMD: clamd }).proofs

  it('are of ten mebibytes at most and seen by the built-in signatures alone, unless set', () => {
    expect(proofs()).toEqual({ maxBytes: 10_485_760, clamd: null })
    expect(proofs('25', 'unix:/run/clamav/clamd.ctl')).toEqual({
      maxBytes: 26_214_400,
      clamd: { path: '/run/clamav/clamd.ctl' },
    })
  })

  it('name the setting that is wrong', () => {
    for (const size of ['0', '33', '1.5', 'dix']) expect(() => proofs(size)).toThrow(/VIGIE_PROOF_MAX_MIB/)
    expect(() => proofs('10', 'http://x y')).toThrow(/VIGIE_CLAMD/)
  })
})

describe('what only the académie may have watched, from the environment', () => {
  const reserved = (networks: string | undefined, publicUrl?: string) =>
    readSettings({ VIGIE_RESERVED_NETWORKS: networks, VIGIE_PUBLIC_URL: publicUrl }).reservedNetworks

  it('is read between commas or spaces, and always holds Vigie itself', () => {
    const { networks, domains } = reserved(
      '10.1.0.0/16, fd00:1::/32 ac-exemple.fr',
      'https://vigie.exemple.fr',
    )
    expect([...domains].toSorted()).toEqual(['ac-exemple.fr', 'vigie.exemple.fr'])
    expect([networks.check('10.1.9.9'), networks.check('10.2.0.1')]).toEqual([true, false])
    expect(reserved(undefined).domains).toEqual([])
  })

  it('names the entry that is nothing of the kind', () => {
    expect(() => reserved('10.1.0.0/16, 10.2.0.0/99')).toThrow('« 10.2.0.0/99 »')
  })
})

describe('the receiver of journals, from the environment', () => {
  const files = {
    VIGIE_SYSLOG_TLS_CERT_FILE: '/etc/vigie/recepteur.pem',
    VIGIE_SYSLOG_TLS_KEY_FILE: '/etc/vigie/recepteur.key',
    VIGIE_SYSLOG_TLS_CA_FILE: '/etc/vigie/autorite.pem',
  }

  it('is closed unless asked, and open with its three files only', () => {
    expect(readSettings(files).syslog).toBeNull()
    expect(readSettings({ ...files, VIGIE_SYSLOG_LISTEN: '0.0.0.0:6514' }).syslog).toEqual({
      host: '0.0.0.0',
      port: 6514,
      certFile: '/etc/vigie/recepteur.pem',
      keyFile: '/etc/vigie/recepteur.key',
      caFile: '/etc/vigie/autorite.pem',
    })
  })

  it.each(Object.keys(files))('asks for %s', (name) => {
    const missing = { ...files, [name]: '', VIGIE_SYSLOG_LISTEN: '127.0.0.1:6514' }
    expect(() => readSettings(missing)).toThrow(name)
  })

  it('refuses what is no address', () => {
    expect(() => readSettings({ ...files, VIGIE_SYSLOG_LISTEN: '6514' })).toThrow('VIGIE_SYSLOG_LISTEN')
  })
})
