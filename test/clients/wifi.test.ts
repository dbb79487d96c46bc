import { openSource } from '@vigie/api/features/collection/collect-file.ts'
import { networkSection } from '@vigie/api/features/collection/sources/network.ts'
import type { NetworkInput } from '@vigie/api/features/collection/sources/network-description.ts'
import { httpRequest } from '@vigie/collectors'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { anSnmpDevice, SNMP_ACCOUNT, type SnmpObject } from './snmp-device.ts'
import { freePort } from './squid.ts'

const UAI = '0990001N'
const NOW = new Date('2026-11-22T09:00:00Z')
const DOT11 = '1.2.840.10036.1'
const PAE = '1.0.8802.1.1.1.1'
const [ENTERPRISE, PERSONAL] = [1, 2]

type Etablissement = NetworkInput['etablissements'][number]
let directory: string
const closing: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vigie-wifi-'))
  for (const [name, text] of Object.entries(SNMP_ACCOUNT)) await writeFile(join(directory, name), `${text}\n`)
  await writeFile(join(directory, 'faux'), 'une-autre-cle-bien-longue\n')
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const device = async (objects: readonly SnmpObject[]) => {
  const opened = await anSnmpDevice(objects)
  closing.push(() => opened.close())
  return opened.port
}

/** A radio interface as the IEEE 802.11 MIB tells it. */
const radio = (index: number, ssid: string, akm: number | 'open' | 'wep'): SnmpObject[] => [
  [`${DOT11}.1.1.9.${index}`, 'octet_str', ssid],
  [`${DOT11}.5.1.1.${index}`, 'integer', akm === 'open' ? 2 : 1],
  [`${DOT11}.5.1.7.${index}`, 'integer', typeof akm === 'number' ? 1 : 2],
  ...(typeof akm === 'number' ? [[`${DOT11}.9.1.20.${index}`, 'octet_str', `0x000fac0${akm}`] as const] : []),
]
const V3 = { user: SNMP_ACCOUNT.user, authKeyFile: 'authKey', privKeyFile: 'privKey' } as const
const byV3 = (port: number) => ({ host: '127.0.0.1', port, v3: V3 })

async function read(described: Omit<Etablissement, 'uai'>) {
  const source = await openSource(
    networkSection,
    { name: 'essai', pauseMilliseconds: 0, probeSeconds: 1, etablissements: [{ uai: UAI, ...described }] },
    directory,
  )
  const run = await source.run({ now: () => NOW, request: httpRequest })
  const told = JSON.stringify([run, source.plan])
  for (const secret of [SNMP_ACCOUNT.authKey, SNMP_ACCOUNT.privKey, SNMP_ACCOUNT.community]) {
    expect(told).not.toContain(secret)
  }
  return { run, told, values: Object.fromEntries(run.evidence.map(({ key, value }) => [key, value])) }
}

describe('the Wi-Fi of a school, by a real snmpd', () => {
  it('counts networks and those that are encrypted and authenticated, over SNMPv3', async () => {
    const port = await device([
      ...radio(1, 'pedagogie-demo', ENTERPRISE),
      ...radio(2, 'administration-demo', ENTERPRISE),
      ...radio(3, 'pedagogie-demo', ENTERPRISE),
    ])
    const { values, told, run } = await read({ wifi: { snmp: [byV3(port)] } })
    expect(values).toEqual({ 'network.wifi_networks': 2, 'network.wifi_secured': 2 })
    expect(run.ignored).toEqual([])
    expect(told).not.toContain('pedagogie-demo')
  })

  it('counts out a shared key, WEP and an open network', async () => {
    const port = await device([
      ...radio(1, 'pedagogie', ENTERPRISE),
      ...radio(2, 'salle', PERSONAL),
      ...radio(3, 'ancien', 'wep'),
      ...radio(4, 'hall', 'open'),
    ])
    const { values } = await read({ wifi: { snmp: [byV3(port)] } })
    expect(values).toEqual({ 'network.wifi_networks': 4, 'network.wifi_secured': 1 })
  })

  it('is read by a v2c community too, with a warning', async () => {
    const port = await device(radio(1, 'pedagogie', ENTERPRISE))
    const v2c = { communityFile: 'community' }
    const { values, run } = await read({ wifi: { snmp: [{ host: '127.0.0.1', port, v2c }] } })
    expect(values).toEqual({ 'network.wifi_networks': 1, 'network.wifi_secured': 1 })
    expect(run.ignored[0]?.reason).toContain('préférez SNMPv3')
  })

  it('is unproven with a wrong account, a wrong community, or no device', async () => {
    const port = await device(radio(1, 'pedagogie', ENTERPRISE))
    const wrong = [
      [{ ...byV3(port), v3: { ...V3, authKeyFile: 'faux' } }, 'refuse le compte SNMPv3'],
      [{ ...byV3(port), v3: { ...V3, user: 'inconnu' } }, 'refuse le compte SNMPv3'],
      [{ host: '127.0.0.1', port, v2c: { communityFile: 'faux' } }, 'communauté fausse'],
      [byV3(await freePort()), 'ne répond pas en SNMP'],
    ] as const
    for (const [snmp, reason] of wrong) {
      const { run } = await read({ wifi: { snmp: [snmp] } })
      expect(run).toMatchObject({ outcome: 'failed', evidence: [] })
      expect(run.error).toContain(reason)
    }
  })

  it('is unproven by a device that does not tell its networks', async () => {
    const { run } = await read({ wifi: { snmp: [byV3(await device([]))] } })
    expect(run.error).toContain('indiquez « columns »')
  })

  it('says how many networks there are when their security is not told', async () => {
    const port = await device([
      [`${DOT11}.1.1.9.1`, 'octet_str', 'pedagogie'],
      [`${DOT11}.5.1.1.1`, 'integer', 1],
    ])
    const { values, run } = await read({ wifi: { snmp: [byV3(port)] } })
    expect(values).toEqual({ 'network.wifi_networks': 1 })
    expect(run.failures).toMatchObject([{ keys: ['network.wifi_secured'] }])
  })

  it('is read by the columns of a controller, its guests by their VLAN', async () => {
    const table = '1.3.6.1.4.1.99999.1'
    const wlan = (index: number, name: string, security: number, vlan: number): SnmpObject[] => [
      [`${table}.1.${index}`, 'octet_str', name],
      [`${table}.2.${index}`, 'integer', security],
      [`${table}.3.${index}`, 'integer', vlan],
    ]
    const columns = {
      name: `${table}.1`,
      security: `${table}.2`,
      securities: { '1': 'wpa2-enterprise', '2': 'open' },
      vlan: `${table}.3`,
    } as const
    const wifi = (port: number) => ({ snmp: [{ ...byV3(port), columns }], guestNetworks: ['visiteurs'] })
    const apart = await device([...wlan(1, 'pedagogie', 1, 10), ...wlan(2, 'visiteurs', 2, 90)])
    expect((await read({ wifi: wifi(apart) })).values).toEqual({
      'network.wifi_networks': 2,
      'network.wifi_secured': 1,
      'network.byod_separated': true,
    })
    const mixed = await device([...wlan(1, 'pedagogie', 1, 10), ...wlan(2, 'visiteurs', 2, 10)])
    expect((await read({ wifi: wifi(mixed) })).values['network.byod_separated']).toBe(false)
  })

  it('is read in the export of a controller', async () => {
    await writeFile(
      join(directory, 'wifi.csv'),
      'ssid;securite;vlan;invites\nPersonnel;WPA3-Enterprise;10;non\nHall;ouvert;90;oui\n',
    )
    const { values, told } = await read({ wifi: { export: 'wifi.csv' } })
    expect(values).toEqual({
      'network.wifi_networks': 2,
      'network.wifi_secured': 1,
      'network.byod_separated': true,
    })
    expect(told).not.toContain('Personnel')
    const missing = await read({ wifi: { export: 'absent.csv' } })
    expect(missing.run.error).toContain('Vérifiez qu’il est déposé')
  })
})

describe('the switches of a school, by a real snmpd', () => {
  const ports = (system: 1 | 2, controls: readonly number[]): SnmpObject[] => [
    [`${PAE}.1.1.0`, 'integer', system],
    ...controls.map((control, at): SnmpObject => [`${PAE}.2.1.1.6.${at + 1}`, 'integer', control]),
  ]

  it('control access when every port of a workstation demands 802.1X', async () => {
    const access = (port: number) => ({ snmp: [{ ...byV3(port), uplinks: ['3'] }] })
    const on = await read({ access: access(await device(ports(1, [2, 2, 3]))) })
    expect(on.values).toEqual({ 'network.access_controlled': true })
    expect(on.run.evidence[0]?.source).toContain('2 ports contrôlés sur 2')
    const open = await read({ access: access(await device(ports(1, [2, 3, 3]))) })
    expect(open.values).toEqual({ 'network.access_controlled': false })
    const off = await read({ access: access(await device(ports(2, [2, 2, 3]))) })
    expect(off.values).toEqual({ 'network.access_controlled': false })
  })

  it('are administered centrally when each names the console that runs the others', async () => {
    const oid = '1.3.6.1.4.1.99999.2.1'
    const consoles = ['console.exemple.invalid']
    const firewall = (name: string) => device([[`${oid}.0`, 'octet_str', name]])
    const administration = async (names: readonly string[]) => {
      const snmp = []
      for (const name of names) snmp.push({ ...byV3(await firewall(name)), oid })
      return (await read({ administration: { consoles, snmp } })).values
    }
    const key = 'network.central_administration'
    expect(await administration(['console.exemple.invalid', 'console.exemple.invalid'])).toEqual({
      [key]: true,
    })
    expect(await administration(['console.exemple.invalid', 'seul'])).toEqual({ [key]: false })
    const silent = await read({ administration: { consoles, snmp: [{ ...byV3(await device([])), oid }] } })
    expect(silent.run.error).toContain('Vérifiez l’OID')
  })

  it('prove nothing when they do not know 802.1X', async () => {
    const { run } = await read({ access: { snmp: [byV3(await device([]))] } })
    expect(run.error).toContain('déclarez l’exigence')
  })
})
