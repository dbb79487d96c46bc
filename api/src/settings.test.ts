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
