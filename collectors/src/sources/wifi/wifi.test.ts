import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CollectionError } from '../../collector.ts'
import { countPorts } from '../access/port-control.ts'
import { readWifiExport } from './wifi-export.ts'
import type { SnmpCell } from '../snmp/snmp-session.ts'
import { readColumns, readDot11, securityOf } from './wifi-mib.ts'
import { countWifi, WIFI_SECURITIES, type WifiNetwork } from './wifi-network.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')
const suite = (number: number) => Buffer.from([0x00, 0x0f, 0xac, number])
const [TRUE, FALSE] = [1, 2]

const aNetwork = (network: Partial<WifiNetwork>): WifiNetwork => ({
  label: 'a',
  security: 'wpa2-enterprise',
  vlan: '10',
  guest: false,
  ...network,
})

describe('networks of an establishment', () => {
  it('are secured when each person has an identity of their own', () => {
    const secured = WIFI_SECURITIES.filter((security) => countWifi([aNetwork({ security })]).secured === 1)
    expect(secured).toEqual(['personal-individual', 'wpa2-enterprise', 'wpa3-enterprise'])
  })

  it('count once however many access points give them, at their worst', () => {
    const networks = [aNetwork({}), aNetwork({ security: 'open' }), aNetwork({ label: 'b' })]
    expect(countWifi(networks)).toMatchObject({ networks: 2, secured: 1, untold: 0 })
  })

  it('are untold when no device says their security', () => {
    expect(countWifi([aNetwork({ security: null })])).toMatchObject({ secured: 0, untold: 1 })
  })

  it('keep guests apart when no other network shares their VLAN', () => {
    const guest = aNetwork({ label: 'b', guest: true, vlan: '90' })
    expect(countWifi([aNetwork({}), guest]).guestsApart).toBe(true)
    expect(countWifi([aNetwork({ vlan: '90' }), guest]).guestsApart).toBe(false)
    expect(countWifi([aNetwork({ vlan: null }), guest]).guestsApart).toBeNull()
    expect(countWifi([aNetwork({})]).guestsApart).toBeNull()
  })

  it('never have more secured or untold ones than there are', () => {
    const network = fc.record({
      label: fc.constantFrom('a', 'b', 'c'),
      security: fc.constantFrom(null, ...WIFI_SECURITIES),
      vlan: fc.constantFrom(null, '1', '2'),
      guest: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(network), (networks) => {
        const { networks: count, secured, untold } = countWifi(networks)
        expect(secured + untold).toBeLessThanOrEqual(count)
      }),
    )
  })
})

describe('the IEEE 802.11 MIB', () => {
  it('tells the security of an interface', () => {
    expect(securityOf(TRUE, TRUE, suite(1))).toBe('wpa2-enterprise')
    expect(securityOf(TRUE, TRUE, suite(2))).toBe('wpa2-personal')
    expect(securityOf(TRUE, TRUE, suite(8))).toBe('wpa3-personal')
    expect(securityOf(TRUE, TRUE, suite(12))).toBe('wpa3-enterprise')
    expect(securityOf(TRUE, FALSE, undefined)).toBe('wep')
    expect(securityOf(FALSE, FALSE, undefined)).toBe('open')
  })

  it('tells nothing rather than guess', () => {
    expect(securityOf(TRUE, TRUE, Buffer.alloc(4))).toBeNull()
    expect(securityOf(TRUE, TRUE, suite(99))).toBeNull()
    expect(securityOf(TRUE, TRUE, undefined)).toBeNull()
    expect(securityOf(TRUE, undefined, undefined)).toBeNull()
    expect(securityOf(undefined, undefined, undefined)).toBeNull()
  })
})

describe('tables that a device gives', () => {
  const cell: fc.Arbitrary<SnmpCell> = fc.record({
    index: fc.stringMatching(/^\d{1,3}(\.\d{1,3}){0,2}$/),
    value: fc.oneof(
      fc.integer(),
      fc.string(),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    ),
  })
  const table = fc.dictionary(fc.constantFrom('a', 'b', '0', '1', '7'), fc.array(cell, { maxLength: 8 }))

  it('give at most one network a row, whatever is missing, doubled or of another type', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.array(cell, { maxLength: 8 }), async (columns, names) => {
        let asked = 0
        const reader = {
          column: (oid: string) => Promise.resolve(asked++ === 0 ? names : (columns[oid.at(-1) ?? ''] ?? [])),
        }
        const networks = await readColumns(
          reader,
          { name: 'n', security: 'a', securities: { '1': 'open' }, vlan: 'b' },
          new Set(),
        )
        expect(networks).toHaveLength(names.length)
        asked = 0
        const radios = await readDot11(reader, new Set())
        expect(radios.length).toBeLessThanOrEqual(names.length)
        expect(radios.every(({ label }) => label !== '')).toBe(true)
      }),
    )
  })
})

describe('the export of a controller', () => {
  it('gives the same networks in CSV and in JSON, without their names', async () => {
    const csv = await readWifiExport(
      bytes('Nom;Sécurité;VLAN;Invités\nPersonnel;WPA2-Enterprise;10;non\nVisiteurs;ouvert;90;oui\n'),
    )
    const json = await readWifiExport(
      bytes(
        JSON.stringify([
          { ssid: 'Personnel', securite: 'wpa2-enterprise', vlan: 10, invites: false },
          { ssid: 'Visiteurs', securite: 'open', vlan: '90', invites: true },
        ]),
      ),
    )
    expect(countWifi(csv)).toEqual({ networks: 2, secured: 1, untold: 0, guestsApart: true })
    expect(countWifi(json)).toEqual(countWifi(csv))
    expect(JSON.stringify([csv, json])).not.toContain('Personnel')
  })

  it('is refused with the line and what was expected', async () => {
    await expect(readWifiExport(bytes('securite;vlan;invites\nmagie;10;non\n'))).rejects.toThrow(
      'ligne 2 : securite',
    )
    await expect(readWifiExport(bytes('securite;vlan;invites\nwpa2;10;peut-être\n'))).rejects.toThrow(
      'invites : attendu oui ou non',
    )
    await expect(readWifiExport(bytes('securite;vlan\nwpa2;10\n'))).rejects.toThrow('invites')
    await expect(readWifiExport(bytes('[{"securite": 3}]'))).rejects.toThrow('tableau')
    await expect(readWifiExport(bytes('[{'))).rejects.toThrow('JSON')
    await expect(readWifiExport(bytes(''))).rejects.toThrow('vide')
  })

  it('gives networks or a refusal in French, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (content) => {
        const outcome = await readWifiExport(content).catch((error: unknown) => error)
        expect(Array.isArray(outcome) || outcome instanceof CollectionError).toBe(true)
      }),
    )
  })

  it('reads back every network written in it', async () => {
    const row = fc.record({
      securite: fc.constantFrom(...WIFI_SECURITIES),
      vlan: fc.integer({ min: 1, max: 4_094 }),
      invites: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
        const lines = rows.map(
          ({ securite, vlan, invites }) => `${securite},${vlan},${invites ? 'oui' : 'non'}`,
        )
        const csv = await readWifiExport(bytes(['securite,vlan,invites', ...lines].join('\n')))
        expect(
          csv.map(({ security, vlan, guest }) => ({
            securite: security,
            vlan: Number(vlan),
            invites: guest,
          })),
        ).toEqual(rows)
        expect(await readWifiExport(bytes(JSON.stringify(rows)))).toHaveLength(rows.length)
      }),
    )
  })
})

describe('the ports of a switch', () => {
  it('count as controlled where 802.1X is on and the port is not left open', () => {
    const ports = new Map([
      ['1', 2],
      ['2', 3],
      ['25', 3],
    ])
    expect(countPorts(1, ports, new Set(['25']))).toEqual({ ports: 2, controlled: 1 })
    expect(countPorts(2, ports, new Set(['25']))).toEqual({ ports: 2, controlled: 0 })
  })
})
