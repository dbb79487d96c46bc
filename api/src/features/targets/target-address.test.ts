import { reserving } from '@vigie/test/support/deps.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TARGET_MODULES } from './modules.ts'
import { parseHost } from './network-host.ts'
import { isPrivate, parseReserved, reservationOf } from './reserved-networks.ts'
import { parseTargetAddress } from './target-address.ts'

const NONE = reserving()
const reservation = (text: string, reserved = NONE) => {
  const host = parseHost(text)
  return host ? reservationOf(host, reserved) : 'no host'
}

describe('parseTargetAddress', () => {
  it.each([
    ['node', ' Serveur.College.exemple.fr ', 'serveur.college.exemple.fr:9100'],
    ['node', '10.0.0.1:9101', '10.0.0.1:9101'],
    ['node', 'fd12::1', '[fd12::1]:9100'],
    ['node', '[FD12:0::1]:80', '[fd12::1]:80'],
    ['snmp', '10.0.0.254', '10.0.0.254:161'],
    ['dns', '10.0.0.2', '10.0.0.2:53'],
    ['dns', 'dns.college.exemple.fr:5353', 'dns.college.exemple.fr:5353'],
    ['tcp', 'serveur.college.exemple.fr.:445', 'serveur.college.exemple.fr:445'],
    ['icmp', '10.0.0.1', '10.0.0.1'],
    ['icmp', 'fd12::1', 'fd12::1'],
    ['icmp', 'collège.exemple.fr', 'xn--collge-6ua.exemple.fr'],
    ['http', 'HTTPS://www.College.exemple.fr', 'https://www.college.exemple.fr/'],
    ['http', 'http://10.0.0.1:8080/etat', 'http://10.0.0.1:8080/etat'],
  ] as const)('takes for %s « %s » as %s', (module, typed, address) => {
    expect(parseTargetAddress(module, typed)).toMatchObject({ address })
  })

  it.each([
    ['tcp', '10.0.0.1', 'Ajoutez le port'],
    ['tcp', '10.0.0.1:0', 'Le port est un nombre'],
    ['tcp', '10.0.0.1:65536', 'Le port est un nombre'],
    ['tcp', '10.0.0.1:445:1', 'ni un nom de machine'],
    ['node', 'http://10.0.0.1:9100', 'non une adresse web'],
    ['icmp', '10.0.0.1:80', 'pas de port'],
    ['icmp', '0x7f.1', 'ni un nom de machine'],
    ['icmp', '2130706433', 'ni un nom de machine'],
    ['icmp', '127.1', 'ni un nom de machine'],
    ['icmp', '010.0.0.1', 'ni un nom de machine'],
    ['icmp', 'fe80::1%eth0', 'ni un nom de machine'],
    ['node', 'serveur exemple', 'ni un nom de machine'],
    ['node', '', 'Donnez une adresse'],
    ['http', 'www.college.exemple.fr', 'adresse complète'],
    ['http', 'ftp://www.college.exemple.fr', 'adresse complète'],
    ['http', 'https:///chemin', 'adresse complète'],
    ['http', 'https://moi:secret@www.exemple.fr/', 'Retirez le compte'],
    ['http', 'https://www.exemple.fr/?jeton=1', 'Retirez ce qui suit'],
    ['http', 'https://www.exemple.fr/#a', 'Retirez ce qui suit'],
    ['http', `https://www.exemple.fr/${'a'.repeat(600)}`, 'trop longue'],
  ] as const)('refuses for %s « %s » with the remedy', (module, typed, remedy) => {
    const parsed = parseTargetAddress(module, typed)
    expect('fault' in parsed && parsed.fault).toContain(remedy)
  })

  it('whatever is typed, gives an address that reads back the same, without credentials, or a sentence', () => {
    const typed = fc.oneof(
      fc.string(),
      fc.webUrl({ withQueryParameters: true }),
      fc.ipV4(),
      fc.ipV6(),
      fc.tuple(fc.domain(), fc.nat(70_000)).map(([name, port]) => `${name}:${port}`),
      fc.tuple(fc.ipV6(), fc.nat(70_000)).map(([host, port]) => `[${host}]:${port}`),
    )
    fc.assert(
      fc.property(fc.constantFrom(...TARGET_MODULES), typed, (module, text) => {
        const parsed = parseTargetAddress(module, text)
        if ('fault' in parsed) {
          expect(parsed.fault).toMatch(/^[A-Z].{15,}/)
          return
        }
        expect(parsed.address).not.toMatch(/[\s?#]|\/\/[^/]*@/)
        expect(parseTargetAddress(module, parsed.address)).toEqual(parsed)
      }),
      { numRuns: 500 },
    )
  })
})

describe('reservationOf', () => {
  it.each([
    '0.0.0.0',
    '169.254.169.254',
    '100.100.100.200',
    '168.63.129.16',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    'fe80::1',
    'ff02::1',
    'fd00:ec2::254',
    '::ffff:10.0.0.1',
    '::ffff:127.0.0.1',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'metadata.google.internal',
  ])('lets nobody have %s watched', (text) => {
    expect(reservation(text)).toBe('never')
  })

  it.each(['127.0.0.1', '127.8.8.8', '::1', 'localhost', 'vigie.localhost', 'prometheus', 'base.internal'])(
    'leaves %s to the académie',
    (text) => {
      expect(reservation(text)).toBe('academie')
    },
  )

  it.each(['10.0.0.1', '192.168.1.1', '203.0.113.7', 'fd12::1', '2001:db8::1', 'www.college.exemple.fr'])(
    'lets a school have %s watched',
    (text) => {
      expect(reservation(text)).toBeNull()
    },
  )

  it('leaves to the académie what it reserves: addresses, networks and domains', () => {
    const reserved = reserving(
      '10.1.0.0/16',
      '192.0.2.7',
      'fd00:1::/32',
      '.ac-exemple.fr',
      'Vigie.exemple.fr',
    )
    for (const text of [
      '10.1.255.3',
      '192.0.2.7',
      'fd00:1::9',
      'srv.ac-exemple.fr',
      'ac-exemple.fr',
      'vigie.exemple.fr',
    ]) {
      expect(reservation(text, reserved), text).toBe('academie')
    }
    for (const text of ['10.2.0.1', '192.0.2.8', 'fd00:2::9', 'pas-ac-exemple.fr', 'exemple.fr']) {
      expect(reservation(text, reserved), text).toBeNull()
    }
  })

  it('never lets an address be both private and refused to everybody, save through a hidden IPv4', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const host = parseHost(text)
        if (!host || !isPrivate(host) || host.text === 'fd00:ec2::254' || host.text.startsWith('::')) return
        expect(reservationOf(host, NONE)).toBeNull()
      }),
    )
  })
})

describe('parseReserved', () => {
  it.each(['10.0.0.0/33', 'fd00::/129', '10.0.0', 'a b', '10.1.0.0/16/2', '/8', 'exemple.fr/16'])(
    'names « %s », which is nothing of the kind',
    (entry) => {
      expect(parseReserved(['10.0.0.0/8', entry])).toEqual({ wrong: entry })
    },
  )
})
