import { describe, expect, it } from 'vitest'
import { hardwareIdentity, hardwareUuidOf, meaningful } from './inventory-identity.ts'
import { describeMachine } from './inventory-machine.ts'
import type { InventorySections } from './inventory-sections.ts'

const hardware = (over: Partial<NonNullable<InventorySections['hardware']>> = {}) => ({
  hardware: { name: 'poste', uuid: null, chassis: null, memoryMb: null, virtualSystem: null, ...over },
})
const bios = (manufacturer: string | null, serial: string | null) => ({
  bios: { manufacturer, model: null, serial, date: null, version: null },
})
const system = (name: string) => ({
  operatingSystem: {
    name,
    version: null,
    kernel: null,
    architecture: null,
    installedAt: null,
    bootedAt: null,
  },
})
const card = (mac: string, virtual = false, type: string | null = 'ethernet') => ({
  name: null,
  mac,
  address: null,
  type,
  virtual,
})
const UUID = '4c4c4544-0042-4b10-8051-b3c04f313233'

describe('the stable identity of a machine', () => {
  it('is the hardware UUID first, then maker and serial, then the lowest factory address', () => {
    const everything = {
      ...hardware({ uuid: UUID.toUpperCase() }),
      ...bios('Fabrique', 'F-1'),
      networks: [card('00:00:5e:00:53:02'), card('00:00:5e:00:53:01')],
    }
    expect(hardwareIdentity(everything)).toBe(`uuid:${UUID}`)
    expect(hardwareIdentity({ ...everything, ...hardware() })).toBe('serial:fabrique|f-1')
    expect(hardwareIdentity({ networks: everything.networks })).toBe('mac:00:00:5e:00:53:01')
  })

  it.each([
    '00000000-0000-0000-0000-000000000000',
    'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
    '03000200-0400-0500-0006-000700080009',
    'Not Settable',
    '',
  ])('does not believe the UUID %s', (uuid) => {
    expect(hardwareUuidOf(uuid)).toBeNull()
  })

  it.each([
    'To be filled by O.E.M.',
    'Default string',
    'System Serial Number',
    '00000000',
    'None',
    'N/A',
    '.',
  ])('does not believe the serial %s', (serial) => {
    expect(meaningful(serial)).toBeNull()
    expect(hardwareIdentity(bios('Fabrique', serial))).toBeNull()
  })

  it('does not believe a serial without its maker', () => {
    expect(hardwareIdentity(bios(null, 'F-1'))).toBeNull()
  })

  it('passes over addresses made by software', () => {
    expect(
      hardwareIdentity({
        networks: [
          card('02:42:ac:11:00:02'),
          card('00:00:00:00:00:00'),
          card('00:00:5e:00:53:01', true),
          card('00:00:5e:00:53:01', false, 'loopback'),
          card('nothing'),
        ],
      }),
    ).toBeNull()
  })
})

describe('the machine that an inventory describes', () => {
  it.each([
    ['Laptop', 'Windows 11', 'laptop'],
    ['Notebook', 'Debian', 'laptop'],
    ['Mini Tower', 'Windows 11', 'workstation'],
    ['All in One', 'Windows 11', 'workstation'],
    ['Tablet', 'Windows 11', 'mobile'],
    ['Rack Mount Chassis', 'Debian', 'server'],
    ['Mini Tower', 'Microsoft Windows Server 2022', 'server'],
  ])('a %s under %s is a %s', (chassis, os, kind) => {
    expect(describeMachine({ ...hardware({ chassis }), ...system(os) }, 'd').kind).toBe(kind)
  })

  it('has no antivirus when Windows reports none, and an unknown one elsewhere', () => {
    expect(describeMachine(system('Microsoft Windows 11'), 'd').antivirusActive).toBe(false)
    expect(describeMachine(system('Debian GNU/Linux 12'), 'd').antivirusActive).toBeNull()
  })

  it('goes by the antivirus that runs, not by the one put to sleep', () => {
    const machine = describeMachine(
      {
        ...system('Microsoft Windows 11'),
        antivirus: [
          { name: 'Endormi', version: null, enabled: false, upToDate: true },
          { name: 'Actif', version: null, enabled: true, upToDate: false },
        ],
      },
      'd',
    )
    expect(machine).toMatchObject({ antivirus: 'Actif', antivirusActive: true, antivirusUpToDate: false })
  })

  it('has an active firewall only when every profile is', () => {
    const firewall = (...states: boolean[]) =>
      describeMachine({ firewall: states.map((active) => ({ profile: null, active })) }, 'd').firewallActive
    expect([firewall(true, true), firewall(true, false), firewall()]).toEqual([true, false, null])
  })

  it('has an encrypted disk when its system drives are, and says nothing when no drive does', () => {
    const drive = (place: string, encrypted: boolean | null, isSystem = false) => ({
      place,
      filesystem: null,
      totalMb: null,
      system: isSystem,
      encrypted,
    })
    const encrypted = (...drives: ReturnType<typeof drive>[]) =>
      describeMachine({ drives }, 'd').diskEncrypted
    expect(encrypted(drive('C:', true, true), drive('E:', false))).toBe(true)
    expect(encrypted(drive('C:', false, true), drive('E:', true))).toBe(false)
    expect(encrypted(drive('/', null, true))).toBeNull()
  })
})
